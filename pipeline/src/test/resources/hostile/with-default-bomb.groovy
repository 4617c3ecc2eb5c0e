// expect: the pipeline's budget is used up: it evaluated more than 300000
def m = [:]; while (true) { m.computeIfAbsent(m.size()) { 'x' * 1000 } }
