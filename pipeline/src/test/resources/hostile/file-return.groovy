// expect: ?
File f() { ['/etc/passwd'] }; f()
