package dev.deputy.builds;

import dev.deputy.core.Credential;
import dev.deputy.core.Credential.Kind;
import dev.deputy.core.Credential.Value;
import dev.deputy.core.CredentialStore;
import dev.deputy.core.Nearest;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The credentials of one use of one step: looked up, read, and given to the steps of a block as
 * variables and files. Values that the controller may see are read here and masked before anything
 * else happens; those that only the agent may read never come here.
 */
final class BoundCredentials {
  /** Shorter lines of a secret file are words that any log may have. */
  private static final int SHORTEST_LINE = 16;

  /** What pipeline code sees of a secret that only the agent knows. */
  static final String ON_AGENT = "****";

  private final StepContext step;
  private final CredentialStore store;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Map<String, String> fromFiles = new LinkedHashMap<>();
  private final Set<String> secretNames = new LinkedHashSet<>();
  private final SecretFiles files;

  BoundCredentials(StepContext step) {
    this.step = step;
    this.store = step.build().settings().resources().credentials();
    this.files = new SecretFiles(step);
  }

  /** The files that hold what is no variable. */
  SecretFiles files() {
    return files;
  }

  /** Names of the variables with secrets, in the order in which they were asked for. */
  Set<String> secretNames() {
    return secretNames;
  }

  /** The block with all of it. */
  Block around(Block block) {
    List<Block.Variable> overrides = new ArrayList<>();
    variables.forEach((name, value) -> overrides.add(new Block.Variable(name, value)));
    return block.with(overrides).within(block.inside().with(fromFiles, secretNames));
  }

  /**
   * @throws StepFailed where there is none that the job may use, or it is of another kind
   */
  Credential find(String id, Optional<Kind> expected) {
    var job = step.build().id().job();
    Credential credential =
        store.find(job, id).orElseThrow(() -> new StepFailed(notFound(id, store.ids(job))));
    if (expected.isPresent() && expected.get() != credential.kind()) {
      throw new StepFailed(
          "Credentials '"
              + id
              + "' is of type '"
              + credential.kind().title()
              + "' where '"
              + expected.get().title()
              + "' was expected");
    }
    return credential;
  }

  /** Jenkins' words, and help. */
  static String notFound(String id, List<String> known) {
    String hint =
        Nearest.to(id, known)
            .map(near -> "; did you mean '" + near + "'?")
            .orElse(
                known.isEmpty()
                    ? "; this job may use none: see credentials in deputy.yaml"
                    : "; this job may use " + String.join(", ", known));
    return "Could not find credentials entry with ID '" + id + "'" + hint;
  }

  /** A variable with a field's value; none where the credential has no such field. */
  void text(String variable, Credential credential, String field) {
    boolean secret = !field.equals("username") && !field.equals("accessKeyId");
    credential
        .value(field)
        .ifPresent(value -> {
          if (value.onAgent()) {
            fromFiles.put(variable, files.fetched(variable, List.of(value)));
            variable(variable, ON_AGENT, true);
          } else {
            variable(variable, read(credential, value, secret), secret);
          }
        });
  }

  /** A variable with two fields and a colon between them. */
  void pair(String variable, Credential credential, String first, String second) {
    Value one = credential.required(first);
    Value two = credential.required(second);
    if (one.onAgent() || two.onAgent()) {
      fromFiles.put(
          variable,
          files.fetched(variable, List.of(known(credential, one), known(credential, two))));
      variable(variable, ON_AGENT, true);
      return;
    }
    String password = read(credential, two, true);
    String pair = read(credential, one, false) + ":" + password;
    step.build().hide(step.block(), List.of(pair));
    variable(variable, pair, true);
  }

  /** A value that is put together on the agent has to be known there. */
  private Value known(Credential credential, Value value) {
    return value.onAgent() ? value : new Value.Plain(read(credential, value, true));
  }

  /** A variable with the path of a file that holds a field's value. */
  void file(String variable, Credential credential, String field, String fileName) {
    Value value = credential.required(field);
    String path =
        value.onAgent()
            ? files.fetched(variable + "/" + fileName, List.of(value))
            : files.written(variable + "/" + fileName, bytes(credential, value, true));
    path(variable, path);
  }

  /** A variable with a path, which Jenkins hides too. */
  void path(String variable, String path) {
    step.build().hide(step.block(), List.of(path));
    variable(variable, path, true);
  }

  void variable(String name, String value, boolean secret) {
    variables.put(name, value);
    if (secret) {
      secretNames.add(name);
    }
  }

  private String read(Credential credential, Value value, boolean secret) {
    return new String(bytes(credential, value, secret), StandardCharsets.UTF_8);
  }

  private byte[] bytes(Credential credential, Value value, boolean secret) {
    try {
      byte[] bytes = store.read(value);
      if (secret) {
        hide(credential.kind(), new String(bytes, StandardCharsets.UTF_8));
      }
      return bytes;
    } catch (IOException e) {
      throw new StepFailed(
          "Credentials '" + credential.id() + "' can not be read: " + e.getMessage());
    }
  }

  /** Files have lines that mean nothing, such as braces. */
  private void hide(Kind kind, String text) {
    boolean whole = kind != Kind.FILE && kind != Kind.ZIP && kind != Kind.CERTIFICATE;
    step.build()
        .hide(
            step.block(),
            text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .filter(line -> whole || line.length() >= SHORTEST_LINE)
                .toList());
  }
}
