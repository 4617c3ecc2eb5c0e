// expect: ?
def m = [:]; m[[1, [2]]] = 1
