// expect: method 'execute' is not available to pipelines
class A { def invokeMethod(String n, a) { n.execute() } }; new A().foo()
