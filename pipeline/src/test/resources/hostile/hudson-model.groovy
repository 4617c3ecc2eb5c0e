// expect: ?
hudson.model.Hudson.instance
