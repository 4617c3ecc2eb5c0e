// expect: ?
new GroovyClassLoader().parseClass('1')
