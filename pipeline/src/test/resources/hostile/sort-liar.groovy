// expect: the pipeline's budget is used up: it evaluated more than 300000
(1..50000).toList().sort { a, b -> a == b ? 0 : (a + b) % 3 - 1 }
