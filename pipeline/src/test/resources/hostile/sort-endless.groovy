// expect: ?
[1, 2].sort { a, b -> while (true) { } }
