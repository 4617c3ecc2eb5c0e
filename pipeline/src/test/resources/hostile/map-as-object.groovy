// expect: ?
def o = [getClass: { 'no' }]; o.class.classLoader.x
