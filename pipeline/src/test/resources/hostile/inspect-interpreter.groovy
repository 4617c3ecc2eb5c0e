// expect: ?
this.@run
