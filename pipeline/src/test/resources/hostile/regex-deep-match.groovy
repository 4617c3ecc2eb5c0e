// expect: java.lang.IllegalArgumentException: regular expression is too complex
('ab' * 500000) ==~ /(a|b)*c/
