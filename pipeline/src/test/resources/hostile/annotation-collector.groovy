// expect: there is no pipeline in this file
@groovy.transform.AnnotationCollector([groovy.transform.ASTTest]) @interface Evil { }
