// expect: method 'execute' is not available to pipelines
"${-> 'id'.execute()}".toString()
