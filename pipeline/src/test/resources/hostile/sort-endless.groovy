// expect: the pipeline's budget is used up: it evaluated more than 300000
[1, 2].sort { a, b -> while (true) { } }
