// expect: ?
new com.thoughtworks.xstream.XStream().fromXML('<x/>')
