// expect: type 'File' is not available to pipelines
for (File f in ['/etc/passwd']) { echo f.text }
