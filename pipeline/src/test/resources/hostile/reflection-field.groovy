// expect: property 'class' is not available to pipelines
String.class.getDeclaredField('value').setAccessible(true)
