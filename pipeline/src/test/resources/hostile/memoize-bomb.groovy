// expect: ?
def f = { it }.memoize(); def i = 0; while (true) { f(i++) }
