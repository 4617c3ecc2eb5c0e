// expect: ?
evaluate('System.exit(1)')
