// expect: ?
def p = 'cla' + 'ss'; 'x'."$p".name
