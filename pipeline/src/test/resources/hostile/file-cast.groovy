// expect: ?
(File) ['/etc/passwd']
