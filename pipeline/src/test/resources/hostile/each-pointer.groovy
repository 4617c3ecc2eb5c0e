// expect: ?
['id'].each(Runtime.runtime.&exec)
