// expect: ?
currentBuild.getRawBuild()
