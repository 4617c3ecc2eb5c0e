// expect: ?
class A extends ClassLoader { }; new A()
