// expect: ?
1.upto(2000000000) { }
