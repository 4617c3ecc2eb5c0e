// expect: java.lang.UnsupportedOperationException: a List cannot be the key of
def m = [:]; m[[1, [2]]] = 1
