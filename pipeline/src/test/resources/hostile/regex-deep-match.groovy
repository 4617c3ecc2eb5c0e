// expect: ?
('ab' * 500000) ==~ /(a|b)*c/
