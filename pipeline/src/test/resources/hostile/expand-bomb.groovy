// expect: the pipeline made a string of more than 8388608 characters
('\t' * 1000000).expand(1000)
