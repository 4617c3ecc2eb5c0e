// expect: class 'Runtime' is not available to pipelines
class A { def propertyMissing(String n) { Runtime.runtime } }; new A().foo
