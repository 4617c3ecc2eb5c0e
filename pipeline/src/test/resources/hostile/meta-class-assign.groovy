// expect: ?
String.metaClass.foo = { -> 'evil' }
