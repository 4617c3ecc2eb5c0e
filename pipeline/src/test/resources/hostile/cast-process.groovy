// expect: type 'Process' is not available to pipelines
def p = (Process) 'id'
