// expect: property 'classLoader' is not available to pipelines
class A { def f() { super.getClass().classLoader } }; new A().f()
