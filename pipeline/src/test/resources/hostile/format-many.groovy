// expect: ?
String.format('%900s' * 20000, *([1] * 20000))
