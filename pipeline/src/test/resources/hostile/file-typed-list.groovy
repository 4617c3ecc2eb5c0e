// expect: type 'File' is not available to pipelines
File f = ['/etc/passwd']
