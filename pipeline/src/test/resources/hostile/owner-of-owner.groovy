// expect: groovy.lang.MissingPropertyException: No such property: host for
def c = { { -> owner.owner } }; c()().host
