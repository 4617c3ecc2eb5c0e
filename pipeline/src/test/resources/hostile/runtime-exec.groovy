// expect: class 'Runtime' is not available to pipelines
Runtime.getRuntime().exec('id')
