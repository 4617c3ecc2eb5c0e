// expect: ?
this.class.classLoader.parseClass('1')
