// expect: method 'getClass' is not available to pipelines
def m = 'getCl' + 'ass'; 'x'."$m"()
