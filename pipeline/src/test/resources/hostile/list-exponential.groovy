// expect: ?
def l = ['x']; 60.times { l = [l, l] }; "${l}"
