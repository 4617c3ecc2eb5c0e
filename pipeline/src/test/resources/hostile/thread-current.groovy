// expect: ?
Thread.currentThread().contextClassLoader
