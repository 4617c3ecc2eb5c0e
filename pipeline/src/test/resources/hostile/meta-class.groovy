// expect: property 'metaClass' is not available to pipelines
'x'.metaClass.invokeMethod('x', 'execute')
