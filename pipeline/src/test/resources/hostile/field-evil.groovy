// expect: 'new File' is not supported
@groovy.transform.Field def x = new File('/tmp/deputy-canary').delete()
