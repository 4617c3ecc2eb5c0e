// expect: ?
String.class.getDeclaredField('value').setAccessible(true)
