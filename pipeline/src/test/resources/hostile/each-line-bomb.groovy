// expect: the pipeline's budget is used up: it evaluated more than 300000
while (true) { ('x\n' * 100000).eachLine { } }
