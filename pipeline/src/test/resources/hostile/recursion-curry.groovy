// expect: ?
def f = { g -> g(g) }; f(f)
