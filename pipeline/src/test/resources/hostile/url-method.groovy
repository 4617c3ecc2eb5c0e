// expect: groovy.lang.MissingMethodException: String has no method toURL()
'file:///etc/passwd'.toURL().text
