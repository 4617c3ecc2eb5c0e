// expect: class 'Runtime' is not available to pipelines
['id'].each(Runtime.runtime.&exec)
