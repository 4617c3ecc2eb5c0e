// expect: No such property: foo for class: A
class A { def getProperty(String n) { n.execute() } }; new A().foo
