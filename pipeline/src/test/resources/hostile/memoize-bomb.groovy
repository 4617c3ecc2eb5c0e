// expect: the pipeline's budget is used up: it evaluated more than 300000
def f = { it }.memoize(); def i = 0; while (true) { f(i++) }
