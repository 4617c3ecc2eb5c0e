// expect: ?
'x'.properties
