// expect: the pipeline's budget is used up: it evaluated more than 300000
0.step(2000000000, 1) { }
