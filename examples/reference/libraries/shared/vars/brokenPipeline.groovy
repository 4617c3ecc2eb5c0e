def call() {
  pipeline {
    stages { stage('A') { steps { ehco 'x' } } }
  }
}
