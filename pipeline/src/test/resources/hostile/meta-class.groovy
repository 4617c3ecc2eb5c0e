// expect: ?
'x'.metaClass.invokeMethod('x', 'execute')
