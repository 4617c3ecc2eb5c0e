// expect: property 'rawBuild' is not available to pipelines
currentBuild.getRawBuild()
