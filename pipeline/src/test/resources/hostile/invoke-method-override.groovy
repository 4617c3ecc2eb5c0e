// expect: No signature of method: A.foo()
class A { def invokeMethod(String n, a) { n.execute() } }; new A().foo()
