// expect: ?
"${-> 'id'.execute()}".toString()
