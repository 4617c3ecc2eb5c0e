// expect: ?
def l = [1]; 40.times { l = [l, l] }; l.flatten()
