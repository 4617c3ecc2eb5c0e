// expect: ?
new org.yaml.snakeyaml.Yaml().load('!!javax.script.ScriptEngineManager []')
