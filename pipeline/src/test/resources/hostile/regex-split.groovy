// expect: ?
('a' * 40).split(/(a+)+\1?c/)
