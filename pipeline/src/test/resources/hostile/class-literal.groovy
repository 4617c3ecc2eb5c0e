// expect: method 'forName' is not available to pipelines
String.class.forName('java.lang.Runtime')
