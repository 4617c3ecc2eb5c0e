// expect: the pipeline called itself more than 200 times deep
def a() { b() }; def b() { a() }; a()
