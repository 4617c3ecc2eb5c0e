// expect: ?
[run: { System.exit(1) }] as Runnable
