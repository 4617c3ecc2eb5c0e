// expect: 'System.getProperty' is not available to pipelines
System.getProperty('user.home')
