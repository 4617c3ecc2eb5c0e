// expect: ?
'file:///etc/passwd'.toURL().text
