// expect: class 'Thread' is not available to pipelines
Thread.currentThread().contextClassLoader
