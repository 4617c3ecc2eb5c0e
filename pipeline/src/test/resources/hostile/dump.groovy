// expect: method 'execute' is not available to pipelines
'x'.dump().execute()
