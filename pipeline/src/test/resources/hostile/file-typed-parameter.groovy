// expect: type 'File' is not available to pipelines
def f(File x) { x.text }; f(['/etc/passwd'])
