// expect: class 'java.lang.reflect.Proxy' is not supported
java.lang.reflect.Proxy.newProxyInstance(null, null, null)
