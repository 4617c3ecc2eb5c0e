// expect: ?
def f(x = new File('/etc/passwd')) { x }; f()
