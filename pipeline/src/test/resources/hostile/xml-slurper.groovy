// expect: 'new XmlSlurper' is not supported
new XmlSlurper().parseText('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>')
