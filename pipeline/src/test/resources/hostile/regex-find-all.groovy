// expect: ?
('a' * 5000).findAll(/(a|aa)+$b/)
