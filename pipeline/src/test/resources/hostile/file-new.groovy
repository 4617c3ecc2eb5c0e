// expect: 'new File' is not supported
new File('/etc/passwd').text
