// expect: method 'forName' is not available to pipelines
'x'.getClass().forName('java.lang.System')
