// expect: class 'groovy.grape.Grape' is not supported
groovy.grape.Grape.grab(group: 'x', module: 'y', version: '1')
