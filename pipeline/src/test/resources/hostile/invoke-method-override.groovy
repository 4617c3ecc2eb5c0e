// expect: ?
class A { def invokeMethod(String n, a) { n.execute() } }; new A().foo()
