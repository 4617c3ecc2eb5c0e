// expect: method 'execute' is not available to pipelines
class A implements hudson.remoting.Callable { def call() { 1 } }; new A().call().execute()
