// expect: ?
def l = (1..90000).toList(); l.collate(90000, 1)
