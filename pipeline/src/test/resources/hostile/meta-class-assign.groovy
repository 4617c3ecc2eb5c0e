// expect: property 'metaClass' is not available to pipelines
String.metaClass.foo = { -> 'evil' }
