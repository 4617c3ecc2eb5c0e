// expect: method 'execute' is not available to pipelines
['sh', '-c', 'id'].execute()
