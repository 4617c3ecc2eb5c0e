// expect: ?
def m = 'x'; m['class']
