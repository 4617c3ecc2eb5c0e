// expect: groovy.lang.MissingMethodException: String has no method execute()
'id'."${'exe' + 'cute'}"()
