// expect: method 'execute' is not available to pipelines
'id'."${'exe' + 'cute'}"()
