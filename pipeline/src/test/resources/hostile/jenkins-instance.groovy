// expect: class 'Jenkins' is not available to pipelines
Jenkins.instance.getItem('x')
