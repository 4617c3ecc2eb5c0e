// expect: annotation '@groovy.transform.ASTTest' is not available to pipelines
@groovy.transform.ASTTest(phase = org.codehaus.groovy.control.CompilePhase.CONVERSION, value = { assert System.exit(1) }) class X { }; new X()
