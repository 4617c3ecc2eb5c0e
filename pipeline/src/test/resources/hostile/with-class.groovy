// expect: ?
'x'.with { getClass().classLoader }
