// expect: method 'execute' is not available to pipelines
"a${"b${'id'.execute()}"}"
