// expect: the pipeline printed a value that is nested too deeply
def l = []; l << l; "${l}"
