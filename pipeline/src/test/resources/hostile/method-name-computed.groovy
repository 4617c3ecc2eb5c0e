// expect: ?
def m = 'getCl' + 'ass'; 'x'."$m"()
