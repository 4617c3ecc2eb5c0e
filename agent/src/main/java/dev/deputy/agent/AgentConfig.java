package dev.deputy.agent;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the task definition and the launch tell the agent, none of it a secret but the address of
 * the task's credentials.
 *
 * @param controller base address, with the scheme {@code ws} or {@code wss}, without a last slash
 * @param launch which launch this task was started for
 * @param expectedServer the only controller to prove the identity to; empty for whichever is there
 * @param folder the agent's own place, made at the start and removed at the end
 * @param deployRole the only role that credentials may be of; empty where the task does not say
 * @param reconnect how long to try without a connection before giving up
 * @param isolationWaived whether root may run steps as root
 * @param passed names of further variables that steps see
 * @param environment the agent's own environment, of which steps see little
 */
record AgentConfig(
    URI controller,
    String launch,
    Optional<String> expectedServer,
    String region,
    URI sts,
    Optional<String> deployRole,
    TaskCredentials.Endpoint taskCredentials,
    Path folder,
    Duration reconnect,
    int stepUser,
    int stepGroup,
    boolean isolationWaived,
    Set<String> passed,
    Map<String, String> environment) {
  private static final String ECS_ADDRESS = "http://169.254.170.2";
  private static final Set<String> ECS_HOSTS = Set.of("169.254.170.2", "169.254.170.23");

  @Override
  public String toString() {
    return "AgentConfig[controller=" + controller + ", launch=" + launch + "]";
  }

  /**
   * Reads the environment.
   *
   * @param temporary where the agent's folder is by default
   * @throws StartException naming the variable that is missing or wrong
   */
  static AgentConfig read(Map<String, String> environment, Path temporary) {
    Variables variables = new Variables(environment);
    String launch = variables.required("DEPUTY_LAUNCH");
    if (!launch.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
      throw new StartException("DEPUTY_LAUNCH is no launch id");
    }
    String region = variables.required("AWS_REGION");
    if (!region.matches("[a-z0-9-]{1,32}")) {
      throw new StartException("AWS_REGION is no Region");
    }
    int[] user = user(variables.optional("DEPUTY_STEP_USER").orElse("10001:10001"));
    return new AgentConfig(
        controller(variables.required("DEPUTY_URL")),
        launch,
        variables.optional("DEPUTY_SERVER"),
        region,
        sts(variables, region),
        variables.optional("DEPLOY_ROLE"),
        taskCredentials(variables),
        variables
            .optional("DEPUTY_DIR")
            .map(Path::of)
            .orElse(temporary)
            .resolve("deputy-" + launch),
        Duration.ofSeconds(variables.number("DEPUTY_RECONNECT_SECONDS", 900)),
        user[0],
        user[1],
        isolationWaived(variables),
        names(variables.optional("DEPUTY_STEP_ENV").orElse("")),
        Map.copyOf(environment));
  }

  private record Variables(Map<String, String> environment) {
    Optional<String> optional(String name) {
      return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    String required(String name) {
      return optional(name).orElseThrow(() -> new StartException(name + " is not set"));
    }

    int number(String name, int otherwise) {
      String value = optional(name).orElse(Integer.toString(otherwise));
      if (!value.matches("[0-9]{1,9}")) {
        throw new StartException(name + " is no whole number");
      }
      return Integer.parseInt(value);
    }

    URI address(String name, String value, String... schemes) {
      try {
        URI uri = URI.create(value);
        if (uri.getHost() != null
            && uri.getUserInfo() == null
            && Arrays.asList(schemes).contains(uri.getScheme())) {
          return uri;
        }
      } catch (IllegalArgumentException e) {
        // said below, without the value
      }
      throw new StartException(name + " is no address of " + String.join(" or ", schemes));
    }
  }

  private static URI controller(String url) {
    URI uri = new Variables(Map.of()).address("DEPUTY_URL", url, "ws", "wss");
    String text = uri.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
  }

  private static URI sts(Variables variables, String region) {
    String domain = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
    return variables
        .optional("AWS_ENDPOINT_URL_STS")
        .or(() -> variables.optional("AWS_ENDPOINT_URL"))
        .map(value -> variables.address("AWS_ENDPOINT_URL", value, "http", "https").resolve("/"))
        .orElseGet(() -> URI.create("https://sts." + region + domain + "/"));
  }

  private static TaskCredentials.Endpoint taskCredentials(Variables variables) {
    Optional<String> relative = variables.optional("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    if (relative.isPresent()) {
      URI uri =
          variables.address(
              "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", ECS_ADDRESS + relative.get(), "http");
      return new TaskCredentials.Endpoint.Open(uri);
    }
    String name = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    String full = variables.optional(name).orElse(null);
    if (full == null) {
      return new TaskCredentials.Endpoint.Missing();
    }
    URI uri = variables.address(name, full, "http", "https");
    if (uri.getScheme().equals("http") && !isNear(uri.getHost())) {
      throw new StartException(name + " is neither https nor of this host or ECS");
    }
    return variables
        .optional("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
        .<TaskCredentials.Endpoint>map(
            file -> new TaskCredentials.Endpoint.TokenFile(uri, Path.of(file)))
        .or(() ->
            variables
                .optional("AWS_CONTAINER_AUTHORIZATION_TOKEN")
                .map(token -> new TaskCredentials.Endpoint.Token(uri, token)))
        .orElseGet(() -> new TaskCredentials.Endpoint.Open(uri));
  }

  private static boolean isNear(@Nullable String host) {
    return host != null
        && (host.equals("localhost") || host.matches("127[.0-9]+") || ECS_HOSTS.contains(host));
  }

  private static int[] user(String value) {
    if (!value.matches("[1-9][0-9]{0,8}(:[1-9][0-9]{0,8})?")) {
      throw new StartException("DEPUTY_STEP_USER is no uid:gid of a user who is not root");
    }
    String[] parts = value.split(":", -1);
    return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[parts.length - 1])};
  }

  private static boolean isolationWaived(Variables variables) {
    String value = variables.optional("DEPUTY_ISOLATION").orElse("user");
    if (!value.equals("user") && !value.equals("none")) {
      throw new StartException("DEPUTY_ISOLATION is neither user nor none");
    }
    return value.equals("none");
  }

  private static Set<String> names(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty() && !isSensitive(name))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isSensitive(String name) {
    return name.startsWith("DEPUTY_") || name.startsWith("AWS_") || name.startsWith("ECS_");
  }
}
