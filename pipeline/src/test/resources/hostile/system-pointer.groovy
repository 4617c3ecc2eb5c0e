// expect: ?
def e = System.&exit; e(0)
