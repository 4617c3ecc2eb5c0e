// expect: ?
getBinding().getVariable('x')
