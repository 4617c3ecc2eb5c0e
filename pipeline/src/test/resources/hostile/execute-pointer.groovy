// expect: method 'execute' is not available to pipelines
def p = 'id'.&execute; p()
