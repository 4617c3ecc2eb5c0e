// expect: ?
run(new File('/tmp/x.groovy'), [] as String[])
