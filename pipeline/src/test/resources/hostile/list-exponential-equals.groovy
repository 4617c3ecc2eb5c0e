// expect: ?
def a = ['x'], b = ['x']; 60.times { a = [a, a]; b = [b, b] }; a == b
