// expect: method 'evaluate' is not available to pipelines
super.evaluate('1')
