// expect: groovy.lang.MissingPropertyException: No such property: class for
def p = 'cla' + 'ss'; 'x'."$p".name
