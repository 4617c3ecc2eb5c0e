// expect: ?
def c = { owner }; c().class
