// expect: the pipeline's budget is used up: it evaluated more than 300000
parallel a: { while (true) { } }, b: { while (true) { } }
