// expect: ?
['id', 'ls']*.execute()
