// expect: 'new javax.script.ScriptEngineManager' is not supported
new javax.script.ScriptEngineManager().getEngineByName('js')
