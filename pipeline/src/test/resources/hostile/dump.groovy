// expect: String has no method dump()
'x'.dump().execute()
