// expect: ?
def s = 'a' * 100000; s.replace('a', s)
