// expect: ?
currentBuild.rawBuild.getParent()
