package dev.deputy.builds;

import dev.deputy.core.Credential.Value;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files with secrets in a folder of their own beside the workspace, which only the steps' account
 * can read. They are there while a step's block runs.
 */
final class SecretFiles {
  /** Runs on the agent; secrets are in files and variables, never arguments of programs. */
  private static final String FUNCTIONS =
      """
      set -eu
      umask 077
      part() {
        if command -v jq >/dev/null 2>&1; then
          jq -j --arg f "$1" 'if has($f) then .[$f] else error("the secret has no field " + $f) end'
        else
          python3 -c 'import json, sys; sys.stdout.write(str(json.load(sys.stdin)[sys.argv[1]]))' "$1"
        fi
      }
      secret() {
        value=$(aws secretsmanager get-secret-value --secret-id "$1" --query SecretString --output text)
        if [ -n "$2" ]; then value=$(printf '%s' "$value" | part "$2"); fi
        printf '%s' "$value"
      }
      parameter() {
        value=$(aws ssm get-parameter --with-decryption --name "$1" --query Parameter.Value --output text)
        printf '%s' "$value"
      }
      """;

  private final StepContext step;
  private final StringBuilder script = new StringBuilder();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private boolean used;

  SecretFiles(StepContext step) {
    this.step = step;
  }

  /** Where they are: the same whenever the step is asked. */
  String folder() {
    Map<String, String> environment = step.workplace().environment();
    String temporary =
        Optional.ofNullable(environment.get("WORKSPACE_TMP"))
            .orElse(step.workplace().agent().workspace() + "@tmp");
    return temporary + "/secretFiles/" + step.number();
  }

  /** A file with this content; its path. */
  String written(String name, byte[] content) {
    String path = folder() + "/" + name;
    used = true;
    step.doOnAgent(agent -> agent.writeSecret(step.number(), path, content));
    return path;
  }

  /** A file with what the agent will have read, joined by colons; its path. */
  String fetched(String name, List<Value> values) {
    String path = folder() + "/" + name;
    used = true;
    String file = variable(path);
    script.append("mkdir -p -- \"$(dirname -- \"$").append(file).append("\")\"\n{\n");
    String separator = "";
    for (Value value : values) {
      script.append(separator).append(command(value));
      separator = "printf ':'\n";
    }
    script.append("} > \"$").append(file).append("\"\n");
    return path;
  }

  private String command(Value value) {
    return switch (value) {
      case Value.SecretsManager(String id, Optional<String> field) ->
          "secret \"$" + variable(id) + "\" \"$" + variable(field.orElse("")) + "\"\n";
      case Value.Parameter(String name) -> "parameter \"$" + variable(name) + "\"\n";
      case Value.Plain(String text) -> "printf '%s' \"$" + variable(text) + "\"\n";
      case Value.Environment _, Value.File _ ->
          throw new IllegalArgumentException("value: the controller reads it");
    };
  }

  /** Has a file made fit for use: {@code $1} is its path. */
  void then(String path, String commands) {
    script.append("set -- \"$").append(variable(path)).append("\"\n").append(commands);
  }

  private String variable(String value) {
    String name = "DEPUTY_SECRET_" + variables.size();
    variables.put(name, value);
    return name;
  }

  /** Has the agent do what was asked for. */
  void make() {
    if (script.isEmpty()) {
      return;
    }
    int status = AgentScript.only(FUNCTIONS + script, variables).run(step).status();
    if (status != 0) {
      throw new StepFailed(
          step.name() + ": the agent could not provide the credentials (exit code " + status + ")");
    }
  }

  /** Removes the folder, whatever happened. */
  void remove() {
    if (used) {
      String folder = folder();
      step.cleanUp(() -> step.doOnAgent(agent -> agent.deleteDir(step.number(), folder)));
    }
  }
}
