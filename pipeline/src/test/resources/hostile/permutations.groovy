// expect: ?
(1..20).toList().permutations()
