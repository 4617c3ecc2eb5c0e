// expect: class 'Hudson' is not available to pipelines
import hudson.model.*; Hudson.getInstance()
