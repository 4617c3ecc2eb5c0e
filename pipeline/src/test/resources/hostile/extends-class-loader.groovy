// expect: type 'ClassLoader' is not available to pipelines
class A extends ClassLoader { }; new A()
