// expect: class 'File' is not available to pipelines
use(File) { '/etc/passwd'.text }
