// expect: the pipeline ran more than 2000 parallel branches
def f() { parallel a: { f() } }; f()
