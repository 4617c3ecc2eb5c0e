// expect: ?
new javax.script.ScriptEngineManager().getEngineByName('js')
