// expect: ?
'x'.class.classLoader
