// expect: direct field access '.@' is not supported
[1].@elementData
