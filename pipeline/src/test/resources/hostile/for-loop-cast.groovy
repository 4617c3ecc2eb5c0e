// expect: ?
for (File f in ['/etc/passwd']) { echo f.text }
