package dev.deputy.builds;

import dev.deputy.core.Credential;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code sshagent}: an ssh-agent on the agent that has the keys while the block runs. The keys'
 * files are gone before the block begins.
 */
final class SshAgentStep implements Step {
  private static final String ASK =
      """
      #!/bin/sh
      printf '%s\\n' "$DEPUTY_PASSPHRASE"
      """;

  private static final String START =
      """
      set -eu
      command -v ssh-agent >/dev/null 2>&1 || { echo 'the agent has no ssh-agent program' >&2; exit 127; }
      umask 077
      mkdir -m 700 -- "$DEPUTY_SSH_DIR"
      ssh-agent -s -a "$DEPUTY_SSH_DIR/agent" > "$DEPUTY_SSH_DIR/env"
      SSH_AUTH_SOCK=$DEPUTY_SSH_DIR/agent
      export SSH_AUTH_SOCK
      number=0
      while [ "$number" -lt "$DEPUTY_KEYS" ]; do
        eval "key=\\$DEPUTY_KEY_$number"
        eval "DEPUTY_PASSPHRASE=\\${DEPUTY_PASSPHRASE_$number:-}"
        export DEPUTY_PASSPHRASE
        if [ -n "$DEPUTY_PASSPHRASE" ]; then
          chmod 700 "$DEPUTY_ASK"
          SSH_ASKPASS=$DEPUTY_ASK SSH_ASKPASS_REQUIRE=force DISPLAY=:0 ssh-add -q "$key" </dev/null >&2
        else
          ssh-add -q "$key" </dev/null >&2
        fi
        rm -f -- "$key"
        number=$((number + 1))
      done
      """;

  private static final String STOP =
      """
      if [ -f "$DEPUTY_SSH_DIR/env" ]; then
        . "$DEPUTY_SSH_DIR/env" >/dev/null
        ssh-agent -k >/dev/null 2>&1
      fi
      rm -rf -- "$DEPUTY_SSH_DIR"
      """;

  @Override
  public StepSignature signature() {
    return Signatures.block("sshagent")
        .value("credentials", Kind.LIST)
        .optional(Kind.BOOLEAN, "ignoreMissing")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String dir = directory(step);
    Map<String, String> socket = Map.of("DEPUTY_SSH_DIR", dir);
    try {
      start(step, dir);
      step.say("[ssh-agent] Started.");
      return step.body(
          step.block().with(List.of(new Block.Variable("SSH_AUTH_SOCK", dir + "/agent"))));
    } finally {
      step.cleanUp(() -> new AgentScript(STOP, socket, 2).run(step));
    }
  }

  /** Short, for sockets' paths have at most 108 characters; the same whenever the step is asked. */
  private static String directory(StepContext step) {
    String launch = step.workplace().agent().launch().id().value();
    return "/tmp/deputy-ssh-" + Digests.hex(launch).substring(0, 16) + "-" + step.number();
  }

  private static void start(StepContext step, String dir) {
    var bound = new BoundCredentials(step);
    var variables = new LinkedHashMap<String, String>();
    variables.put("DEPUTY_SSH_DIR", dir);
    int count = 0;
    try {
      for (Object id : step.list("credentials")) {
        Optional<Credential> credential = find(step, bound, String.valueOf(id));
        if (credential.isPresent()) {
          key(count++, credential.get(), bound);
          step.say("[ssh-agent] Using credentials " + id);
        }
      }
      variables.put("DEPUTY_KEYS", Integer.toString(count));
      variables.put(
          "DEPUTY_ASK", bound.files().written("ask", ASK.getBytes(StandardCharsets.UTF_8)));
      bound.files().make();
      int status =
          new AgentScript(START, variables, 1)
              .run(step, step.path(""), bound.around(step.block()))
              .status();
      if (status != 0) {
        throw new StepFailed("sshagent: the keys could not be added (exit code " + status + ")");
      }
    } finally {
      bound.files().remove();
    }
  }

  private static Optional<Credential> find(StepContext step, BoundCredentials bound, String id) {
    try {
      return Optional.of(bound.find(id, Optional.of(Credential.Kind.SSH_USER_PRIVATE_KEY)));
    } catch (StepFailed e) {
      if (step.flag("ignoreMissing", false)) {
        step.say("[ssh-agent] " + e.getMessage());
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void key(int number, Credential credential, BoundCredentials bound) {
    bound.file("DEPUTY_KEY_" + number, credential, "privateKey", "key");
    bound.text("DEPUTY_PASSPHRASE_" + number, credential, "passphrase");
  }
}
