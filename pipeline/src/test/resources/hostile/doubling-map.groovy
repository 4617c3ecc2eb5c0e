// expect: the pipeline's budget is used up: it evaluated more than 300000
def m = [:]; def i = 0; while (true) { m[i++] = 1 }
