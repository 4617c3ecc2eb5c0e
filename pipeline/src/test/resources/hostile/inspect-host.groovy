// expect: groovy.lang.MissingPropertyException: No such property: host for
this.host.steps
