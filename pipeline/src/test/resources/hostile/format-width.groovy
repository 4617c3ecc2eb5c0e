// expect: ?
String.format('%2000000000d', 1)
