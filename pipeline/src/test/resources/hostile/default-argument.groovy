// expect: 'new File' is not supported
def f(x = new File('/')) { 1 }; f()
