// expect: ?
def l = [1]; l.each { l << it }
