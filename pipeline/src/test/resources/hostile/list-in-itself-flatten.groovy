// expect: the pipeline flattened a list that is nested too deeply
def l = []; l << l; l.flatten()
