// expect: the pipeline made a string of more than 8388608 characters
([('x' * 100000)] * 10000).join('y')
