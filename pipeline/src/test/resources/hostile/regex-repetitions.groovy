// expect: java.lang.IllegalArgumentException: regular expression repeats too
'x' ==~ /((?:){9999}){9999}/
