// expect: class 'groovy.time.TimeCategory' is not supported
use(groovy.time.TimeCategory) { 1.hour }
