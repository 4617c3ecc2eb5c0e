// expect: property 'classLoader' is not available to pipelines
def o = [getClass: { 'no' }]; o.class.classLoader.x
