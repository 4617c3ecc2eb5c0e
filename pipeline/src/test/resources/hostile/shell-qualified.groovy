// expect: ?
new groovy.lang.GroovyShell().evaluate('1')
