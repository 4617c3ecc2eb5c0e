// expect: the pipeline made a collection of more than 100000 elements
def l = []; l[2000000000] = 1
