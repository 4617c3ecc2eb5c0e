// expect: 'new File' is not supported
class A { A(x = new File('/etc/passwd').text) { } }; new A()
