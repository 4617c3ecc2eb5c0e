// expect: ?
import hudson.model.*; Hudson.getInstance()
