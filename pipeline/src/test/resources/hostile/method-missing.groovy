// expect: 'System.exit' is not available to pipelines
class A { def methodMissing(String n, a) { System.exit(1) } }; new A().foo()
