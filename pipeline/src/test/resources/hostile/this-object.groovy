// expect: ?
def c = { thisObject }; c().run
