// expect: property 'class' is not available to pipelines
def o = [getClass: { 'no' }]; o.class.classLoader.x
