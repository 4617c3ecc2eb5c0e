// expect: ?
'x'.getClass().forName('java.lang.System')
