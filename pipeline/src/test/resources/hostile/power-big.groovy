// expect: java.lang.ArithmeticException: the number has too many digits
9 ** 999999999
