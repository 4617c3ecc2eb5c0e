// expect: ?
use(groovy.time.TimeCategory) { 1.hour }
