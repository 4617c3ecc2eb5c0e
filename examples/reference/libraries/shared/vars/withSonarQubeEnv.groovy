// A step of a foreign product, as an extension: what the product's plug-in does around a block.
def call(String installation = 'main', Closure body) {
  def servers = [main: 'https://sonar.example.com']
  def url = servers[installation]
  if (url == null) {
    error "withSonarQubeEnv: no installation '${installation}' (there is: ${servers.keySet().join(', ')})"
  }
  withEnv(["SONAR_HOST_URL=${url}", 'SONAR_CONFIG_NAME=' + installation]) {
    body()
  }
}
