// expect: the pipeline's budget is used up: it gave steps more than 4194304
def s = 'x' * 1000000; while (true) { echo s }
