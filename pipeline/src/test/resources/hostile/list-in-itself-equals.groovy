// expect: the pipeline compared values that are nested too deeply
def a = []; a << a; def b = []; b << b; a == b
