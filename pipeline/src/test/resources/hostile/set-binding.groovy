// expect: java.lang.NoSuchMethodError: No such DSL method 'setBinding' found
setBinding(null)
