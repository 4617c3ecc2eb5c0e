// expect: ?
com.cloudbees.plugins.credentials.CredentialsProvider.lookupCredentials(null)
