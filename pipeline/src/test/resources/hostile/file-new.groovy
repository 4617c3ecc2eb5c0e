// expect: ?
new File('/etc/passwd').text
