// expect: ?
def f() { try { f() } catch (Throwable t) { f() } }; f()
