// expect: class 'Runtime' is not available to pipelines
catchError(message: 'x', stageResult: 'UNSTABLE') { Runtime.getRuntime().halt(1) }
