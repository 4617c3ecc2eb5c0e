// expect: ?
class A { def call() { this() } }; new A()()
