// expect: 'System.getenv' is not available to pipelines
System.getenv('AWS_SECRET_ACCESS_KEY')
