// expect: ?
while (true) { }
