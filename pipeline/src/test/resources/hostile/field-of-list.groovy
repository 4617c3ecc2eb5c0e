// expect: ?
[1].@elementData
