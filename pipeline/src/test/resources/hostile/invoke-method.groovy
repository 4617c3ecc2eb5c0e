// expect: ?
'x'.invokeMethod('execute', null)
