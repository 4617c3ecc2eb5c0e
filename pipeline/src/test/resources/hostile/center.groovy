// expect: ?
'x'.center(2000000000)
