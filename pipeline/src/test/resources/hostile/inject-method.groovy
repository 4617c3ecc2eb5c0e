// expect: ?
['id'].inject('') { a, b -> b.execute() }
