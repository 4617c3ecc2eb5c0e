// expect: ?
Jenkins.instance.getItem('x')
