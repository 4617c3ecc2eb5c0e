// expect: ?
new Expando(run: { 1 })
