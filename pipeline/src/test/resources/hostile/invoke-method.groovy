// expect: method 'invokeMethod' is not available to pipelines
'x'.invokeMethod('execute', null)
