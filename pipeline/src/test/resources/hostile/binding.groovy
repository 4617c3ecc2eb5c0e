// expect: method 'getClass' is not available to pipelines
binding.getClass().classLoader
