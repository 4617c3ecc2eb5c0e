// expect: ?
({ 1 }).dehydrate().class
