// expect: java.lang.IllegalArgumentException: the format asks for too wide a
String.format('%.2000000000f', 1.5)
