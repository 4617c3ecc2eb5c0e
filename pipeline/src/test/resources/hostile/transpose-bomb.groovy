// expect: ?
def l = (1..90000).toList(); ([l] * 1000).transpose()
