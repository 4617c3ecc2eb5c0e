// expect: ?
(1..90000).toList().unique()
