// expect: ?
currentBuild."${'raw' + 'Build'}"
