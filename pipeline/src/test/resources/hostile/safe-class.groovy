// expect: ?
'x'?.class?.classLoader
