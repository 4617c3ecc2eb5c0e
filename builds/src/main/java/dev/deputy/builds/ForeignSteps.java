package dev.deputy.builds;

import java.util.Map;
import java.util.Optional;

/** Steps of Jenkins' plug-ins for other products that do not exist here, and what to do instead. */
final class ForeignSteps {
  private static final String SONAR = "run the scanner with sh, its token from withCredentials";
  private static final String VAULT = "use withCredentials, or the vault program with sh";
  private static final String REPORT =
      "keep the report with archiveArtifacts or publishHTML, and set a limit in the tool itself";
  private static final String ARTIFACTORY =
      "use the jf program with sh, its token from withCredentials";

  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry("withSonarQubeEnv", SONAR),
          Map.entry("waitForQualityGate", SONAR + ", and -Dsonar.qualitygate.wait=true"),
          Map.entry("withVault", VAULT),
          Map.entry("vault", VAULT),
          Map.entry("recordIssues", REPORT),
          Map.entry("scanForIssues", REPORT),
          Map.entry("publishIssues", REPORT),
          Map.entry("recordCoverage", REPORT),
          Map.entry("publishCoverage", REPORT),
          Map.entry("jacoco", REPORT),
          Map.entry("cobertura", REPORT),
          Map.entry("xunit", "use junit"),
          Map.entry("nunit", "use junit"),
          Map.entry("withMaven", "use sh 'mvn …' on an agent whose image has Maven"),
          Map.entry("nodejs", "use an agent whose image has Node.js"),
          Map.entry("podTemplate", "use agent { label '…' }: agents are ECS tasks"),
          Map.entry("container", "use agent { label '…' }: an agent is one container"),
          Map.entry("kubernetesDeploy", "use kubectl with sh"),
          Map.entry("rtUpload", ARTIFACTORY),
          Map.entry("rtDownload", ARTIFACTORY),
          Map.entry("nexusArtifactUploader", "use curl or the build tool with sh"),
          Map.entry("sshPublisher", "use scp with sh inside of sshagent"),
          Map.entry("githubNotify", "use httpRequest or the gh program with sh"),
          Map.entry("setGitHubPullRequestStatus", "use httpRequest or the gh program with sh"),
          Map.entry("jiraComment", "use httpRequest"),
          Map.entry("office365ConnectorSend", "use httpRequest with the webhook's address"),
          Map.entry("discordSend", "use httpRequest with the webhook's address"),
          Map.entry("telegramSend", "use httpRequest"),
          Map.entry("getContext", "there is no Jenkins behind a pipeline"),
          Map.entry("withContext", "there is no Jenkins behind a pipeline"));

  private ForeignSteps() {}

  static Optional<String> advice(String name) {
    return Optional.ofNullable(ADVICE.get(name));
  }
}
