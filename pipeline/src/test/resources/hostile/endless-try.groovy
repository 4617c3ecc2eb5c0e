// expect: ?
while (true) { try { while (true) { } } catch (Throwable t) { } }
