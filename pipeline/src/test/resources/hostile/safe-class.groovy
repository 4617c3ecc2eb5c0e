// expect: property 'class' is not available to pipelines
'x'?.class?.classLoader
