// expect: ?
Runtime.runtime.halt(1)
