// expect: a Map cannot become a functional interface
[run: { System.exit(1) }] as Runnable
