// expect: the pipeline made a collection of more than 100000 elements
(0..2000000000).step(1)
