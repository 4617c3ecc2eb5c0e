// expect: groovy.lang.MissingPropertyException: No such property: interpreter
def c = { -> }; c.delegate.interpreter
