// expect: the pipeline called itself more than 200 times deep
class A { String toString() { "$this" } }; "${new A()}"
