// expect: ?
while (true) { echo 'x' }
