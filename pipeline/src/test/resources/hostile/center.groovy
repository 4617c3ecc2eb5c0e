// expect: the pipeline made a string of more than 8388608 characters
'x'.center(2000000000)
