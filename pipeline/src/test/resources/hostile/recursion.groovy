// expect: ?
def f() { f() }; f()
