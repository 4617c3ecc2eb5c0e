// expect: ?
while (true) { ('x\n' * 100000).eachLine { } }
