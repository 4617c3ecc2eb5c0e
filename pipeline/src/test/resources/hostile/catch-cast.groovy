// expect: type 'File' is not available to pipelines
try { throw new Exception('x') } catch (File f) { }
