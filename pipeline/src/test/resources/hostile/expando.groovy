// expect: 'new Expando' is not supported
new Expando(run: { 1 })
