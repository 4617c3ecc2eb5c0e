// expect: ?
new ProcessBuilder('id').start()
