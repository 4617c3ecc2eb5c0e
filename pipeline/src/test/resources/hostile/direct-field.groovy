// expect: direct field access '.@' is not supported
'abc'.@value
