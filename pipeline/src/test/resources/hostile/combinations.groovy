// expect: ?
def l = (1..100).toList(); [l, l, l, l].combinations()
