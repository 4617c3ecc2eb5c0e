// expect: method 'getRawBuild' is not available to pipelines
currentBuild.getRawBuild()
