// expect: ?
def c = { -> }; c.delegate.interpreter
