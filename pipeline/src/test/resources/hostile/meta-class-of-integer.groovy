// expect: property 'metaClass' is not available to pipelines
Integer.metaClass.plus = { n -> 5 }
