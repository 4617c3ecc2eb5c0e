// expect: ?
def f; f = { f() }; f()
