// expect: 'new Socket' is not supported
new Socket('127.0.0.1', 22)
