// expect: the pipeline's budget is used up: it evaluated more than 300000
def a = ['x'], b = ['x']; 60.times { a = [a, a]; b = [b, b] }; a == b
