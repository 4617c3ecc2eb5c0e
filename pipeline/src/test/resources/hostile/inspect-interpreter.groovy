// expect: direct field access '.@' is not supported
this.@run
