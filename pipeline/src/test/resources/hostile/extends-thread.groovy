// expect: ?
class A extends Thread { void run() { } }; new A().start()
