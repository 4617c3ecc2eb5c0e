// expect: ?
def s = 'x'; 60.times { s = "${s}${s}" }; s
