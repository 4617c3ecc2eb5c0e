// expect: groovy.lang.MissingPropertyException: No such property: run for
def c = { thisObject }; c().run
