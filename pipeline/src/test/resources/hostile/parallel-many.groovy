// expect: the pipeline ran more than 2000 parallel branches
def m = [:]; for (i in 1..5000) { m["b$i"] = { echo 'x' } }; parallel m
