// expect: ?
['sh', '-c', 'id'].execute()
