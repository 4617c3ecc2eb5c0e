// expect: the pipeline called itself more than 200 times deep
class A { def getX() { x } }; new A().x
