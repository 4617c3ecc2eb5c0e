// expect: java.lang.ArithmeticException: the number has too many digits
1e999999999 + 1e-999999999
