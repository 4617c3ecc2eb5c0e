// expect: ?
Runtime.getRuntime().exec('id')
