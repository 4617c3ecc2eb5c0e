// expect: java.lang.NumberFormatException: For input string:
('9' * 1000000).toBigInteger()
