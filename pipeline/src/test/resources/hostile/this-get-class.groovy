// expect: ?
this.getClass().classLoader
