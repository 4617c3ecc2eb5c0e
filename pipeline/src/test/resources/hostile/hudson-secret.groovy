// expect: ?
hudson.util.Secret.decrypt('x')
