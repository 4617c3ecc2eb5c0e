// expect: the pipeline made a collection of more than 100000 elements
def l = [1]; while (true) { l += l }
