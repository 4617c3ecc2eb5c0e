// expect: the pipeline made a string of more than 8388608 characters
'x'.padLeft(2000000000)
