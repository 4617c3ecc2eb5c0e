// expect: java.lang.UnsupportedOperationException: << takes whole numbers
(2 ** 70) << 2000000000
