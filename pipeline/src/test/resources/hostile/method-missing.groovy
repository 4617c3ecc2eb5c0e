// expect: ?
class A { def methodMissing(String n, a) { System.exit(1) } }; new A().foo()
