// expect: ?
[].getClass().getClassLoader()
