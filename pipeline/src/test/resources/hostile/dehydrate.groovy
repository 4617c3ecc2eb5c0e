// expect: Closure has no method dehydrate()
({ 1 }).dehydrate().class
