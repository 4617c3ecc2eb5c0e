// expect: type 'Thread' is not available to pipelines
class A extends Thread { }; try { new A().start() } catch (Throwable t) { }
