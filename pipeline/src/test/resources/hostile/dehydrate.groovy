// expect: property 'class' is not available to pipelines
({ 1 }).dehydrate().class
