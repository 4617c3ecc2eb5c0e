// A step of a foreign product, as an extension: counts findings of a report and sets a limit.
def call(Map options) {
  def findings = readJSON(file: options.pattern)
  echo "recordIssues: ${findings.size()} findings in ${options.pattern}"
  archiveArtifacts artifacts: options.pattern
  if (findings.size() > (options.unstableTotalAll ?: 0)) {
    unstable "more than ${options.unstableTotalAll ?: 0} findings"
  }
}
