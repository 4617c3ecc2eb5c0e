// expect: ?
new Binding(a: 1)
