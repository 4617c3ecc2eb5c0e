// expect: ?
['a', 'b']*.class*.classLoader
