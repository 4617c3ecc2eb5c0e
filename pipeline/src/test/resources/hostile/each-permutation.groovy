// expect: ?
(1..20).toList().eachPermutation { it }
