// expect: the pipeline made a string of more than 8388608 characters
'x' * 2000000000
