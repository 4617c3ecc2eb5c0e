// expect: ?
(1..40).toList().subsequences()
