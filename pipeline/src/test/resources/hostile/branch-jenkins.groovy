// expect: class 'Jenkins' is not available to pipelines
try { parallel a: { Jenkins.instance.doSafeExit() }, b: { echo 'b' } } catch (e) { }
