// expect: ?
try { throw new Exception('x') } catch (File f) { }
