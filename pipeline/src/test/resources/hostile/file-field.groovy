// expect: ?
class A { File f = ['/etc/passwd'] }; new A()
