package dev.deputy.core;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stored credential: what it is and where its values are, never the values themselves.
 *
 * @param id by which Jenkinsfiles name it
 * @param values by the kind's fields; required ones are there
 * @param fileName what a file that is made of it is called
 */
public record Credential(String id, Kind kind, Map<String, Value> values, String fileName) {
  public Credential {
    values = Map.copyOf(values);
  }

  /** Where a field's value is; empty where the credential has none. */
  public Optional<Value> value(String field) {
    return Optional.ofNullable(values.get(field));
  }

  /** Where a field's value is that the kind requires. */
  public Value required(String field) {
    return value(field)
        .orElseThrow(() -> new IllegalArgumentException("field: \"" + field + "\" of " + kind));
  }

  /** What kinds there are, under the names of Jenkins' bindings. */
  @SuppressWarnings("ImmutableEnumChecker") // of List.of
  public enum Kind {
    STRING("string", "Secret text", List.of("secret"), List.of()),
    USERNAME_PASSWORD(
        "usernamePassword", "Username with password", List.of("username", "password"), List.of()),
    FILE("file", "Secret file", List.of("content"), List.of()),
    ZIP("zip", "Secret zip file", List.of("content"), List.of()),
    SSH_USER_PRIVATE_KEY(
        "sshUserPrivateKey",
        "SSH Username with private key",
        List.of("username", "privateKey"),
        List.of("passphrase")),
    CERTIFICATE("certificate", "Certificate", List.of("keystore"), List.of("password")),
    AWS("aws", "AWS Credentials", List.of("accessKeyId", "secretAccessKey"), List.of());

    private final String word;
    private final String title;
    private final List<String> required;
    private final List<String> optional;

    Kind(String word, String title, List<String> required, List<String> optional) {
      this.word = word;
      this.title = title;
      this.required = required;
      this.optional = optional;
    }

    /** As the configuration has it. */
    public String word() {
      return word;
    }

    /** As Jenkins shows it to people. */
    public String title() {
      return title;
    }

    public List<String> required() {
      return required;
    }

    public List<String> optional() {
      return optional;
    }

    /** The kind of this word. */
    public static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
  }

  /** Where a value is. */
  public sealed interface Value {
    /** No secret: written down as it is. */
    record Plain(String text) implements Value {}

    /** A variable of the controller process's environment. */
    record Environment(String name) implements Value {}

    /** A file that only the controller's user can read. */
    record File(String path) implements Value {}

    /**
     * In AWS Secrets Manager, read by the agent with its own role: the controller never has it.
     *
     * @param field of the JSON object that the secret is; empty for all of it
     */
    record SecretsManager(String id, Optional<String> field) implements Value {}

    /** In AWS Systems Manager's parameter store, read by the agent with its own role. */
    record Parameter(String name) implements Value {}

    /** Whether agents read it by themselves. */
    default boolean onAgent() {
      return this instanceof SecretsManager || this instanceof Parameter;
    }
  }
}
