// expect: ?
'id'.execute().text
