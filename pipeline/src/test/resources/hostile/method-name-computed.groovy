// expect: groovy.lang.MissingMethodException: String has no method getClass()
def m = 'getCl' + 'ass'; 'x'."$m"()
