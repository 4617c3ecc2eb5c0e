// expect: ?
def a = []; a << a; def b = []; b << b; a == b
