// expect: ?
"a${"b${'id'.execute()}"}"
