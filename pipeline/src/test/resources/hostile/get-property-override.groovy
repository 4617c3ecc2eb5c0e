// expect: method 'execute' is not available to pipelines
class A { def getProperty(String n) { n.execute() } }; new A().foo
