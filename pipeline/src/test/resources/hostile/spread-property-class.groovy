// expect: property 'classLoader' is not available to pipelines
['a', 'b']*.class*.classLoader
