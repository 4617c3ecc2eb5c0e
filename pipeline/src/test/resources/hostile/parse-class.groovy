// expect: property 'classLoader' is not available to pipelines
this.class.classLoader.parseClass('1')
