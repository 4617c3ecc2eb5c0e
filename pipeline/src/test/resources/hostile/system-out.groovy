// expect: 'System.out' is not available to pipelines
System.out.println('x')
