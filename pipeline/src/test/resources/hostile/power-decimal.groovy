// expect: java.lang.ArithmeticException: the number has too many digits
1.1 ** 99999
