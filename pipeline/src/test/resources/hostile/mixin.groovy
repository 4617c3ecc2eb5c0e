// expect: groovy.lang.MissingPropertyException: No such property: Evil for
String.mixin(Evil)
