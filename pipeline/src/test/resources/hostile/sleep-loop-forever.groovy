// expect: ?
while (true) { sleep 0 }
