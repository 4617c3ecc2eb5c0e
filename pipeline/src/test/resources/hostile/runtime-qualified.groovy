// expect: ?
java.lang.Runtime.runtime.exec('id')
