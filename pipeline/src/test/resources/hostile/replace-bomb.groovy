// expect: ?
def s = 'a' * 100000; s.replaceAll('a', s)
