// expect: 'System.exit' is not available to pipelines
[run: { System.exit(1) }] as Runnable
