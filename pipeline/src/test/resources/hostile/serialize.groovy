// expect: 'new ObjectInputStream' is not supported
new ObjectInputStream(new ByteArrayInputStream([] as byte[])).readObject()
