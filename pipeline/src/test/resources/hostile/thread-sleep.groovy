// expect: ?
Thread.sleep(100000)
