// expect: ?
String.class.forName('java.lang.Runtime')
