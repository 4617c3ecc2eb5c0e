// expect: ?
new ObjectInputStream(new ByteArrayInputStream([] as byte[])).readObject()
