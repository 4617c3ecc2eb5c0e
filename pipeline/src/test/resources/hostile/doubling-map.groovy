// expect: ?
def m = [:]; def i = 0; while (true) { m[i++] = 1 }
