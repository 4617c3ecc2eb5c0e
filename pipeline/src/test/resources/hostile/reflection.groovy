// expect: ?
String.getDeclaredMethods()
