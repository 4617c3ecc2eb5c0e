// expect: ?
Eval.me('System.exit(1)')
