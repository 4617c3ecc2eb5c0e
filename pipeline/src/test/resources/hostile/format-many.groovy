// expect: groovy.lang.MissingMethodException: String.format() takes 1 to 20
String.format('%900s' * 20000, *([1] * 20000))
