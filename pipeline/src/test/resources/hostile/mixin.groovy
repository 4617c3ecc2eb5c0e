// expect: ?
String.mixin(Evil)
