/** The pipeline of services: what differs is what the Jenkinsfile says. */
def call(Map settings) {
  def steps = settings.steps ?: ['build']
  pipeline {
    agent any
    options { timeout(time: 5, unit: 'MINUTES') }
    parameters {
      choice(name: 'TARGET', choices: ['test', 'production'])
      booleanParam(name: 'DRY', defaultValue: true)
    }
    environment { SERVICE = "${settings.name}" }
    stages {
      stage('Build') {
        steps {
          script { steps.each { echo "${it} ${SERVICE}" } }
          greet settings.name
        }
      }
      stage('Deploy') {
        when { expression { settings.deploy } }
        steps { sh 'echo "deploy $SERVICE to $TARGET, dry run: $DRY"' }
      }
    }
    post { always { echo "${settings.name}: ${currentBuild.currentResult}" } }
  }
}
