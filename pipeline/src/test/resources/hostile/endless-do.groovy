// expect: the pipeline's budget is used up: it evaluated more than 300000
do { } while (true)
