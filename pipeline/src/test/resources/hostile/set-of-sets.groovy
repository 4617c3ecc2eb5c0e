// expect: nested too deeply
def s = [] as Set; s << 1; s << [s]; "${s}"
