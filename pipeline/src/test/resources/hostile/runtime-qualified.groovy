// expect: class 'java.lang.Runtime' is not supported
java.lang.Runtime.runtime.exec('id')
