// expect: property 'classLoader' is not available to pipelines
binding.getClass().classLoader
