// expect: the pipeline printed a value that is nested too deeply
def m = [:]; m.m = m; "${m}"
