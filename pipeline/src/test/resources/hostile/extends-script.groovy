// expect: ?
class A extends Script { def run() { evaluate('1') } }; new A().run()
