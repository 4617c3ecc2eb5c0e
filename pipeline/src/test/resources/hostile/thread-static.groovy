// expect: ?
Thread.start { 1 }
