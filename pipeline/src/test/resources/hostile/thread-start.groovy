// expect: 'new Thread' is not supported
new Thread({ 1 }).start()
