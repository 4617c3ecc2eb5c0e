// expect: type 'Thread' is not available to pipelines
class A extends Thread { void run() { } }; new A().start()
