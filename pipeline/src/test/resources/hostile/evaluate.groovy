// expect: java.lang.NoSuchMethodError: No such DSL method 'evaluate' found
evaluate('System.exit(1)')
