// expect: ?
def l = []; l[2000000000] = 1
