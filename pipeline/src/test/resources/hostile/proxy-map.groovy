// expect: a Map cannot become a Comparator
[run: { System.exit(1) }] as Runnable
