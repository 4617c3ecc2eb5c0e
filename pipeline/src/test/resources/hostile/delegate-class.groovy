// expect: property 'classLoader' is not available to pipelines
def c = { -> }; c.delegate = String; c.delegate.classLoader
