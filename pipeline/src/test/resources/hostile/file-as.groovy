// expect: type 'File' is not available to pipelines
('/etc/passwd' as File).text
