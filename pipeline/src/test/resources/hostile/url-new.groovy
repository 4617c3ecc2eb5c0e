// expect: 'new URL' is not supported
new URL('file:///etc/passwd').text
