// expect: ?
class A { def f() { super.finalize() } }; new A().f()
