// expect: java.lang.ArithmeticException: the number has too many digits
(1e9 * 1e9).toPlainString(); 1e999999999.toPlainString()
