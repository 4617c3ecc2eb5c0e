// expect: groovy.lang.MissingMethodException: String has no method
String.getDeclaredMethods()
