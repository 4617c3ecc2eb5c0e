// expect: property 'classLoader' is not available to pipelines
this.getClass().classLoader
