// expect: java.lang.Exception: x
try { throw new Exception('x') } catch (File f) { }
