// expect: ?
def c = { { -> owner.owner } }; c()().host
