// expect: ?
def l = []; l << l; l.inspect().size() < 0 || { throw new Exception('too deep: ' + l) }()
