// expect: method 'getClassLoader' is not available to pipelines
[].getClass().getClassLoader()
