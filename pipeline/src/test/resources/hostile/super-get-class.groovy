// expect: ?
class A { def f() { super.getClass().classLoader } }; new A().f()
