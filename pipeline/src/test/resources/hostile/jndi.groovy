// expect: 'new javax.naming.InitialContext' is not supported
new javax.naming.InitialContext().lookup('ldap://127.0.0.1/x')
