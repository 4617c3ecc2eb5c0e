// expect: ?
new URL('file:///etc/passwd').text
