// expect: ?
(1e9 * 1e9).toPlainString(); 1e999999999.toPlainString()
