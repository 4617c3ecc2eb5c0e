// expect: ?
['id', 'ls'].sort { it.execute() }
