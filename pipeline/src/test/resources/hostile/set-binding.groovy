// expect: ?
setBinding(null)
