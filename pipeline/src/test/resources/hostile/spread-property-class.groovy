// expect: property 'class' is not available to pipelines
['a', 'b']*.class*.classLoader
