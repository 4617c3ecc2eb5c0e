// expect: ?
this.host.steps
