// expect: annotation '@groovy.transform.builder.Builder' is not available to
@groovy.transform.builder.Builder(builderStrategy = Evil) class X { }; new X()
