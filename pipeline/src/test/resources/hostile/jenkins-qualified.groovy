// expect: ?
jenkins.model.Jenkins.get().doSafeExit(null)
