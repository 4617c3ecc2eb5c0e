// expect: ?
def l = []; while (true) { l << 'x' * 1000000 }
