// expect: ?
('/etc/passwd' as File).text
