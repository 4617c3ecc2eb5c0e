// expect: java.lang.ArithmeticException: the number has too many digits
def n = 9; while (true) { n = n ** 9 }
