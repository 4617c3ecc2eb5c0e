// expect: groovy.lang.MissingMethodException: No signature of method:
class A { def f() { super.finalize() } }; new A().f()
