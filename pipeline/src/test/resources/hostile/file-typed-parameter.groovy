// expect: ?
def f(File x) { x.text }; f(['/etc/passwd'])
