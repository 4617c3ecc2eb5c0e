// expect: property 'class' is not available to pipelines
String.class.forName('java.lang.Runtime')
