// expect: ?
super.evaluate('1')
