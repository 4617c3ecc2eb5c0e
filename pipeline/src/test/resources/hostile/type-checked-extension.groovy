// expect: there is no pipeline in this file
@groovy.transform.TypeChecked(extensions = 'evil.groovy') def f() { 1 }
