// expect: ?
'abc'.@value
