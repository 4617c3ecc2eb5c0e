// expect: ?
'x'.dump().execute()
