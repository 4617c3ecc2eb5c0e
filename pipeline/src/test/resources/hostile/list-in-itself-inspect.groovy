// expect: the pipeline printed a value that is nested too deeply
def l = []; l << l; l.inspect().size() < 0 || { throw new Exception('too deep: ' + l) }()
