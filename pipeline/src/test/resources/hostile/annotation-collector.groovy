// expect: ?
@groovy.transform.AnnotationCollector([groovy.transform.ASTTest]) @interface Evil { }
