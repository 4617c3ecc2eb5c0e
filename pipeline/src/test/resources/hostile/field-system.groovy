// expect: ?
@groovy.transform.Field static final X = System.exit(1)
