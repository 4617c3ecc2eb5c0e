// expect: property 'classLoader' is not available to pipelines
'x'.with { getClass().classLoader }
