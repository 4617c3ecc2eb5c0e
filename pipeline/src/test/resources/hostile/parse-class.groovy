// expect: property 'class' is not available to pipelines
this.class.classLoader.parseClass('1')
