// expect: property 'class' is not available to pipelines
def c = { owner }; c().class
