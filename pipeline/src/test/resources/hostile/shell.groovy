// expect: ?
new GroovyShell().evaluate('1')
