// expect: ?
({ -> System.exit(1) } as Runnable).run()
