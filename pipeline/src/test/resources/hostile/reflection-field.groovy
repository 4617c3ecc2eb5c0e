// expect: String has no method getDeclaredField()
String.class.getDeclaredField('value').setAccessible(true)
