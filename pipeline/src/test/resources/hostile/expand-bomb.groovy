// expect: ?
('\t' * 1000000).expand(1000)
