// expect: ?
System.out.println('x')
