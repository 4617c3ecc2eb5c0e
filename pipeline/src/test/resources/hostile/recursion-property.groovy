// expect: ?
class A { def getX() { x } }; new A().x
