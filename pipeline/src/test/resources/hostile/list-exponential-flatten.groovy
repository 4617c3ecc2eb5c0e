// expect: the pipeline's budget is used up: it evaluated more than 300000
def l = [1]; 40.times { l = [l, l] }; l.flatten()
