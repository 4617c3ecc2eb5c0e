package dev.deputy.agent;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The environment that steps start with: little of the agent's own, by name. */
final class StepEnvironment {
  private static final Set<String> PASSED =
      Set.of(
          "PATH",
          "LANG",
          "LC_ALL",
          "TZ",
          "JAVA_HOME",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "AWS_CA_BUNDLE",
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
          "AWS_ENDPOINT_URL",
          "DEPLOY_ROLE",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "no_proxy");

  private static final Set<String> KEYS =
      Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");

  /** Where programs are looked for when the image does not say. */
  static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private StepEnvironment() {}

  /** What every step's environment starts from. */
  static Map<String, String> base(
      Map<String, String> agent, Set<String> alsoPassed, String region, Workspace workspace) {
    Map<String, String> environment = new LinkedHashMap<>();
    agent.forEach((name, value) -> {
      if (PASSED.contains(name) || alsoPassed.contains(name)) {
        environment.put(name, value);
      }
    });
    environment.putIfAbsent("PATH", DEFAULT_PATH);
    environment.put("AWS_REGION", region);
    environment.put("AWS_DEFAULT_REGION", region);
    environment.put("HOME", workspace.temporary().toString());
    environment.put("WORKSPACE", workspace.path().toString());
    environment.put("WORKSPACE_TMP", workspace.temporary().toString());
    return environment;
  }

  /**
   * One step's environment.
   *
   * @param asked what the controller adds
   * @param credentials what leads to credentials, stronger than all else
   * @throws IOException naming a variable that cannot be
   */
  static Map<String, String> of(
      Map<String, String> base, Map<String, String> asked, Map<String, String> credentials)
      throws IOException {
    for (Map.Entry<String, String> variable : asked.entrySet()) {
      String name = variable.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        throw new IOException("a variable of the environment cannot be named " + name);
      }
      if (variable.getValue().indexOf('\0') >= 0) {
        throw new IOException("the value of variable " + name + " has a zero character");
      }
    }
    Map<String, String> environment = new LinkedHashMap<>(base);
    environment.putAll(asked);
    environment.keySet().removeIf(name -> name.startsWith("AWS_CONTAINER_"));
    // An empty key is none: it must not stand in the way of the endpoint.
    KEYS.forEach(name -> environment.remove(name, ""));
    environment.putAll(credentials);
    return environment;
  }
}
