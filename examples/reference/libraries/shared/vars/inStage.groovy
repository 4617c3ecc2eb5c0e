// A step of one's own with a block.
def call(String name, Closure body) {
  stage(name) {
    def result = body()
    echo "${name} is done"
    return result
  }
}
