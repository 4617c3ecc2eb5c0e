// expect: the pipeline made a collection of more than 100000 elements
[*(1..2000000000)]
