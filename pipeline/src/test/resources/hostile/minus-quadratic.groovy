// expect: ?
def l = (1..90000).toList(); l - l.reverse()
