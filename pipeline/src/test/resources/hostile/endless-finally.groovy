// expect: ?
try { while (true) { } } finally { while (true) { } }
