// expect: ?
File f = ['/etc/passwd']
