// expect: ?
@groovy.transform.Field def x = new File('/tmp/deputy-canary').delete()
