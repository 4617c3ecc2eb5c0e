// expect: ?
0.step(2000000000, 1) { }
