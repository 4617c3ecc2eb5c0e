// expect: ?
def f() { parallel a: { f() } }; f()
