// expect: groovy.lang.MissingPropertyException: No such property: properties
'x'.properties
