// expect: 'new File' is not supported
def f(x = new File('/etc/passwd')) { x }; f()
