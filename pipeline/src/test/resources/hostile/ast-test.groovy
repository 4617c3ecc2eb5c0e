// expect: annotation '@groovy.transform.ASTTest' is not available to pipelines
@groovy.transform.ASTTest(value = { System.exit(1) }) def x = 1
