// expect: property 'classLoader' is not available to pipelines
def c = { owner }; c().class.classLoader
