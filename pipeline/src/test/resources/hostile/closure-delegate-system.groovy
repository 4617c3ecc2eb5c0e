// expect: java.lang.NoSuchMethodError: No such DSL method 'exit' found among
def c = { exit(1) }; c.delegate = System; c()
