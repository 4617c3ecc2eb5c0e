// expect: annotation '@GrabResolver' is not available to pipelines
@GrabResolver(name = 'x', root = 'http://127.0.0.1:1/') def x = 1
