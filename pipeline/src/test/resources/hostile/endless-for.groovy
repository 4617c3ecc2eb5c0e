// expect: ?
for (;;) { }
