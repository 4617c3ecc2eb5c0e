// expect: 'new Binding' is not supported
new Binding(a: 1)
