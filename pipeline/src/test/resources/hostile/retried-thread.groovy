// expect: class 'Thread' is not available to pipelines
retry(3) { Thread.start { } }
