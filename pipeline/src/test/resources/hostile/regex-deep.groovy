// expect: java.util.regex.PatternSyntaxException: Stack overflow during pattern
'x' ==~ ('(' * 50000 + ')' * 50000)
