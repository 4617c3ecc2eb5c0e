// expect: ?
new groovy.json.JsonSlurper().parse(new File('/etc/passwd'))
