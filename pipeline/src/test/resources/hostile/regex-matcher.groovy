// expect: groovy.lang.MissingPropertyException: No such property: x for class:
('a' * 40) =~ /^(a+)+$x/
