// expect: ?
class A { String toString() { "$this" } }; "${new A()}"
