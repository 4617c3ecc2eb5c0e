// expect: 'System.exit' is not available to pipelines
System."exit"(1)
