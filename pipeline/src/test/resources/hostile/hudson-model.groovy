// expect: class 'hudson.model.Hudson' is not supported
hudson.model.Hudson.instance
