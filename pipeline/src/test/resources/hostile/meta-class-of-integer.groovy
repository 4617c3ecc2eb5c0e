// expect: ?
Integer.metaClass.plus = { n -> 5 }
