// expect: the pipeline made a string of more than 8388608 characters
def s = 'x'; while (true) { s += s }
