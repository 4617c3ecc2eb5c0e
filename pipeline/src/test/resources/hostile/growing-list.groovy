// expect: ?
def l = [1]; while (true) { l << 1 }
