// expect: type 'File' is not available to pipelines
class A { File f = ['/etc/passwd'] }; new A()
