def call(String name = 'world') {
  echo "Hello, ${name}!"
}

def loudly(Map options) {
  echo "HELLO, ${options.name.toUpperCase()}!"
}
