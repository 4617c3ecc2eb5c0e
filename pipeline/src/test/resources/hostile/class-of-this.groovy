// expect: property 'classLoader' is not available to pipelines
this.class.classLoader.loadClass('java.lang.Runtime')
