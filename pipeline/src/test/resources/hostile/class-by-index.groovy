// expect: groovy.lang.MissingMethodException: an index is a whole number, not
def m = 'x'; m['class']
