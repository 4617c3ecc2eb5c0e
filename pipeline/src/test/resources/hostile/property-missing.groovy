// expect: ?
class A { def propertyMissing(String n) { Runtime.runtime } }; new A().foo
