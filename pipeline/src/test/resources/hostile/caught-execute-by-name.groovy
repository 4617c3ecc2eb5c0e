// expect: method 'execute' is not available to pipelines
try { 'id'."${'exe' + 'cute'}"() } catch (Throwable t) { }
