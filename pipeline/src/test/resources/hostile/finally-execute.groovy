// expect: method 'execute' is not available to pipelines
def f() { try { 'id'.execute() } finally { return 1 } }; f()
