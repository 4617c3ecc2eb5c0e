// expect: ?
def m = [:]; while (true) { m.computeIfAbsent(m.size()) { 'x' * 1000 } }
