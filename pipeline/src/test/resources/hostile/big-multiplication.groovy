// expect: ?
def n = 9 ** 1000; while (true) { n = n * n }
