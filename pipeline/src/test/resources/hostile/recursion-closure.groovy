// expect: the pipeline called itself more than 200 times deep
def f; f = { f() }; f()
