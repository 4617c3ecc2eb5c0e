// expect: 'new File' is not supported
run(new File('/tmp/x.groovy'), [] as String[])
