// expect: type 'File' is not available to pipelines
(File) ['/etc/passwd']
