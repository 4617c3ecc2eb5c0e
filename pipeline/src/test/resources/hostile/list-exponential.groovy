// expect: the pipeline's budget is used up: it evaluated more than 300000
def l = ['x']; 60.times { l = [l, l] }; "${l}"
