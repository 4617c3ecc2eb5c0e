// expect: 'System.exit' is not available to pipelines
try { System.exit(1) } catch (Throwable t) { echo 'caught' }
