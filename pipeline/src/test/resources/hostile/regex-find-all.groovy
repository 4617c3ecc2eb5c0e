// expect: groovy.lang.MissingPropertyException: No such property: b for class:
('a' * 5000).findAll(/(a|aa)+$b/)
