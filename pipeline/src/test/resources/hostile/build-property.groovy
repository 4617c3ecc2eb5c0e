// expect: java.lang.UnsupportedOperationException: currentBuild.rawBuild is not
currentBuild."${'raw' + 'Build'}"
