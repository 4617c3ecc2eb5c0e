// expect: ?
"${System.exit(1)}"
