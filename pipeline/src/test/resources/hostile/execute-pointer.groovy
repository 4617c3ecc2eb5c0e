// expect: ?
def p = 'id'.&execute; p()
