// expect: ?
class A { @Lazy File f = new File('/etc/passwd') }; new A().f
