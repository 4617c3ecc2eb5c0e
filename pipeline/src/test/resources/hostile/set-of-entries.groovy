// expect: operations
def a = ['x']; def b = ['x']; 60.times { a = [a, a]; b = [b, b] }; [*[k: a].entrySet(), *[k: b].entrySet()] as Set
