// expect: ?
class A { def getProperty(String n) { n.execute() } }; new A().foo
