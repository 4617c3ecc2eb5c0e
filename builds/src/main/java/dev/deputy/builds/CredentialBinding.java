package dev.deputy.builds;

import dev.deputy.core.Credential.Kind;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One binding of {@code withCredentials} as the pipeline gives it.
 *
 * @param form which of Jenkins' bindings
 * @param id of the credential
 * @param variables by the binding's parameter, the name that the pipeline gave or Jenkins' default
 */
record CredentialBinding(Form form, String id, Map<String, String> variables) {
  /** Jenkins' bindings: their symbol, their class, what they take. */
  @SuppressWarnings("ImmutableEnumChecker") // of List.of and Map.of
  enum Form {
    STRING("string", "StringBinding", Kind.STRING, List.of("variable"), Map.of()),
    USERNAME_PASSWORD(
        "usernamePassword",
        "UsernamePasswordMultiBinding",
        Kind.USERNAME_PASSWORD,
        List.of("usernameVariable", "passwordVariable"),
        Map.of()),
    USERNAME_COLON_PASSWORD(
        "usernameColonPassword",
        "UsernamePasswordBinding",
        Kind.USERNAME_PASSWORD,
        List.of("variable"),
        Map.of()),
    FILE("file", "FileBinding", Kind.FILE, List.of("variable"), Map.of()),
    ZIP("zip", "ZipFileBinding", Kind.ZIP, List.of("variable"), Map.of()),
    SSH_USER_PRIVATE_KEY(
        "sshUserPrivateKey",
        "SSHUserPrivateKeyBinding",
        Kind.SSH_USER_PRIVATE_KEY,
        List.of("keyFileVariable"),
        Map.of("usernameVariable", "", "passphraseVariable", "")),
    CERTIFICATE(
        "certificate",
        "CertificateMultiBinding",
        Kind.CERTIFICATE,
        List.of("keystoreVariable"),
        Map.of("passwordVariable", "", "aliasVariable", "")),
    AWS(
        "aws",
        "AmazonWebServicesCredentialsBinding",
        Kind.AWS,
        List.of(),
        Map.of(
            "accessKeyVariable", "AWS_ACCESS_KEY_ID",
            "secretKeyVariable", "AWS_SECRET_ACCESS_KEY")),
    GIT_USERNAME_PASSWORD(
        "gitUsernamePassword",
        "GitUsernamePasswordBinding",
        Kind.USERNAME_PASSWORD,
        List.of(),
        Map.of("gitToolName", "")),
    /** What {@code credentials('id')} in a declarative {@code environment} stands for. */
    ENVIRONMENT("", "EnvironmentCredentials", null, List.of("variable"), Map.of());

    private final String symbol;
    private final String className;
    private final Optional<Kind> kind;
    private final List<String> required;
    private final Map<String, String> optional;

    Form(
        String symbol,
        String className,
        @Nullable Kind kind,
        List<String> required,
        Map<String, String> optional) {
      this.symbol = symbol;
      this.className = className;
      this.kind = Optional.ofNullable(kind);
      this.required = required;
      this.optional = optional;
    }

    /** The kind of credential that it takes; empty for several. */
    Optional<Kind> kind() {
      return kind;
    }

    private boolean named(String name) {
      return name.equals(symbol)
          || name.equals(className)
          || name.endsWith("." + className)
          || name.endsWith("$" + className);
    }
  }

  /**
   * Reads a binding.
   *
   * @throws StepFailed where it is none that there is
   */
  static CredentialBinding of(Object given) {
    if (!(given instanceof Map<?, ?> map) || !(map.get("$class") instanceof String name)) {
      throw new StepFailed(
          "withCredentials: expected bindings such as string(credentialsId: 'id', variable: 'X'),"
              + " found something else");
    }
    Form form =
        Arrays.stream(Form.values())
            .filter(each -> each.named(name))
            .findFirst()
            .orElseThrow(() -> new StepFailed(unknown(name)));
    var variables = new LinkedHashMap<String, String>();
    form.required.forEach(parameter -> variables.put(parameter, required(name, map, parameter)));
    form.optional.forEach((parameter, absent) -> {
      String text = text(map, parameter).orElse(absent);
      if (!text.isEmpty()) {
        variables.put(parameter, text);
      }
    });
    refuseUnknown(form, name, map);
    return new CredentialBinding(form, required(name, map, "credentialsId"), variables);
  }

  /** The name of the variable that a parameter asks for. */
  Optional<String> variable(String parameter) {
    return Optional.ofNullable(variables.get(parameter));
  }

  /** The name of the variable that a parameter asks for, which the binding requires. */
  String requiredVariable(String parameter) {
    return variable(parameter).orElseThrow();
  }

  private static String unknown(String name) {
    return name.equals("dockerCert") || name.endsWith("DockerServerCredentialsBinding")
        ? "withCredentials: dockerCert is not supported: agents use the Docker engine beside them"
            + " (expected: docker.withRegistry for a registry's credentials)"
        : "withCredentials: no binding '"
            + name
            + "' (expected: one of "
            + Arrays.stream(Form.values())
                .map(form -> form.symbol)
                .filter(symbol -> !symbol.isEmpty())
                .collect(Collectors.joining(", "))
            + ")";
  }

  private static void refuseUnknown(Form form, String name, Map<?, ?> map) {
    for (Object key : map.keySet()) {
      String parameter = String.valueOf(key);
      if (!List.of("$class", "credentialsId").contains(parameter)
          && !form.required.contains(parameter)
          && !form.optional.containsKey(parameter)) {
        throw new StepFailed(
            "withCredentials: "
                + name
                + " has no parameter '"
                + parameter
                + "'"
                + (parameter.startsWith("role")
                    ? "; the step withAWS assumes roles, on the agent"
                    : ""));
      }
    }
  }

  private static String required(String name, Map<?, ?> map, String parameter) {
    return text(map, parameter)
        .orElseThrow(
            () -> new StepFailed("withCredentials: " + name + " needs '" + parameter + "'"));
  }

  private static Optional<String> text(Map<?, ?> map, String parameter) {
    return Optional.ofNullable(map.get(parameter))
        .map(Object::toString)
        .filter(text -> !text.isEmpty());
  }
}
