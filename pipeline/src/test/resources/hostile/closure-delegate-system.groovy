// expect: ?
def c = { exit(1) }; c.delegate = System; c()
