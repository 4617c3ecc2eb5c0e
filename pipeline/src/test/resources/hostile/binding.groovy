// expect: ?
binding.variables
