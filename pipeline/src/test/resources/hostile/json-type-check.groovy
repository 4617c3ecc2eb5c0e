// expect: groovy.lang.MissingMethodException: JsonSlurper has no method
new groovy.json.JsonSlurper(type: 'LAX').setClassLoader(null)
