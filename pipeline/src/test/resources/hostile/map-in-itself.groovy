// expect: ?
def m = [:]; m.m = m; "${m}"
