// expect: ?
def c = { -> }; c.delegate = String; c.delegate.classLoader
