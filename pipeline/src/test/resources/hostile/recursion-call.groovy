// expect: java.lang.UnsupportedOperationException: this() and super() can only
class A { def call() { this() } }; new A()()
