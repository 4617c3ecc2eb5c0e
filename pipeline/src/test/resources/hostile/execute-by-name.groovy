// expect: ?
'id'."${'exe' + 'cute'}"()
