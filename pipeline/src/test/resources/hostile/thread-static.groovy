// expect: class 'Thread' is not available to pipelines
Thread.start { 1 }
