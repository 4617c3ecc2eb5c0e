// expect: 'new ProcessBuilder' is not supported
new ProcessBuilder('id').start()
