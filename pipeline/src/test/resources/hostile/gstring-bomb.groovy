// expect: the pipeline's budget is used up: it evaluated more than 300000
def s = 'x'; 60.times { s = "${s}${s}" }; s
