// expect: ?
('9' * 1000000).toBigInteger()
