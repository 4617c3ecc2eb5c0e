// expect: property 'protectionDomain' is not available to pipelines
def c = { 1 }; c.class.protectionDomain
