// expect: ?
new Thread({ 1 }).start()
