// expect: type 'File' is not available to pipelines
File f = [path: '/etc/passwd']
