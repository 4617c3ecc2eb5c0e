// expect: ?
@groovy.transform.builder.Builder(builderStrategy = Evil) class X { }; new X()
