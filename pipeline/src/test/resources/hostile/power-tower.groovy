// expect: ?
def n = 9; while (true) { n = n ** 9 }
