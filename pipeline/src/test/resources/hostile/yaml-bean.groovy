// expect: 'new org.yaml.snakeyaml.Yaml' is not supported
new org.yaml.snakeyaml.Yaml().load('!!javax.script.ScriptEngineManager []')
