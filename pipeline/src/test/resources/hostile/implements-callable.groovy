// expect: ?
class A implements hudson.remoting.Callable { def call() { 1 } }; new A().call().execute()
