// expect: type 'File' is not available to pipelines
try { ['/etc/passwd'].each { File f -> f.text } } catch (e) { }
