// expect: ?
def l = (1..90000).toList(); while (true) { l.shuffle() }
