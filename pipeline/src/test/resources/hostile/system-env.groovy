// expect: ?
System.getenv('AWS_SECRET_ACCESS_KEY')
