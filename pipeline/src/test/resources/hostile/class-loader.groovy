// expect: 'new GroovyClassLoader' is not supported
new GroovyClassLoader().parseClass('1')
