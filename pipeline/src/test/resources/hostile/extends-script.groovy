// expect: type 'Script' is not available to pipelines
class A extends Script { def run() { evaluate('1') } }; new A().run()
