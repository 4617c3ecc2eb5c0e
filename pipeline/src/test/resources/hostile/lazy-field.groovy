// expect: annotation '@Lazy' is not available to pipelines
class A { @Lazy File f = new File('/etc/passwd') }; new A().f
