// expect: ?
System.getProperty('user.home')
