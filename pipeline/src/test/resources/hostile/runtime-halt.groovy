// expect: class 'Runtime' is not available to pipelines
Runtime.runtime.halt(1)
