// expect: the pipeline called itself more than 200 times deep
class A { boolean equals(o) { o == this } }; new A() == new A()
