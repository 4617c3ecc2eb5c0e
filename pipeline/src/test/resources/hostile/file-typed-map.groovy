// expect: ?
File f = [path: '/etc/passwd']
