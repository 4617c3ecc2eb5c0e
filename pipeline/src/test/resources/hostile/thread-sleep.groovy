// expect: class 'Thread' is not available to pipelines
Thread.sleep(100000)
