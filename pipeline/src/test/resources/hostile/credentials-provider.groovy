// expect: class 'com.cloudbees.plugins.credentials.CredentialsProvider' is not
com.cloudbees.plugins.credentials.CredentialsProvider.lookupCredentials(null)
