// expect: ?
2000000000.times { }
