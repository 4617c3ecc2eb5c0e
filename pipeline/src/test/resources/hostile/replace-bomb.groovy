// expect: the pipeline made a string of more than 8388608 characters
def s = 'a' * 100000; s.replaceAll('a', s)
