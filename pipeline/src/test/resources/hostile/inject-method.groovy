// expect: method 'execute' is not available to pipelines
['id'].inject('') { a, b -> b.execute() }
