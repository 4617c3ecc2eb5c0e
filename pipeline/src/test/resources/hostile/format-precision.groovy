// expect: ?
String.format('%.2000000000f', 1.5)
