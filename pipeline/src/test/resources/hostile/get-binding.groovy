// expect: groovy.lang.MissingPropertyException: No such property: x for class:
getBinding().getVariable('x')
