// expect: method 'getClass' is not available to pipelines
[].getClass().getClassLoader()
