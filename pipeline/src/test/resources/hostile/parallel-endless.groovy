// expect: ?
parallel a: { while (true) { } }, b: { while (true) { } }
