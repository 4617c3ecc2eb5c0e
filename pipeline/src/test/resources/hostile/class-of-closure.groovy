// expect: ?
def c = { 1 }; c.class.protectionDomain
