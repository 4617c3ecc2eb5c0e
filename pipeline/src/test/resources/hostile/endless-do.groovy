// expect: ?
do { } while (true)
