// expect: property 'classLoader' is not available to pipelines
'x'.class.classLoader
