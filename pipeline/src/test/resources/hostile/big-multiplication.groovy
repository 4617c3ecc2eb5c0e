// expect: java.lang.ArithmeticException: the number has too many digits
def n = 9 ** 1000; while (true) { n = n * n }
