// expect: ?
def s = 'x' * 1000000; while (true) { println s }
