package dev.deputy.awssteps;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;

/**
 * Logging Docker in at the account's registry. The command that the pipeline gets has no password
 * in it: it fetches one on the agent, when it runs.
 */
final class EcrLogin {
  private EcrLogin() {}

  /** {@code ecrLogin}: the shell command, once it is certain that it will get a password. */
  static Optional<Object> command(Arguments arguments, Log log) {
    String email = arguments.flag("email", false) ? " -e none" : "";
    List<String> registries = arguments.list("registryIds");
    for (String registry : registries) {
      if (!registry.matches("[0-9]{12}")) {
        throw new OperationFailed(
            "registryIds: \"" + registry + "\" (expected: an account id of 12 digits)");
      }
    }
    if (registries.isEmpty()) {
      return Optional.of(login("", email, authorization(Optional.empty())));
    }
    return Optional.of(
        registries.stream()
            .map(id -> login(" " + id, email, authorization(Optional.of(id))))
            .reduce((some, more) -> some + " && " + more)
            .orElseThrow());
  }

  private static String login(String registry, String email, AuthorizationData data) {
    return "deputy-aws ecr-password"
        + registry
        + " | docker login --username AWS --password-stdin"
        + email
        + " "
        + data.proxyEndpoint();
  }

  /** The password of a registry; of the account's own by default. */
  static String password(Optional<String> registry) {
    String token = authorization(registry).authorizationToken();
    String pair = new String(Base64.getDecoder().decode(token), UTF_8);
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw new OperationFailed("ECR gave a token that is no name and password");
    }
    return pair.substring(colon + 1);
  }

  @SuppressWarnings("deprecation") // registry ids: the plug-in has them, and ECR still takes them
  private static AuthorizationData authorization(Optional<String> registry) {
    try (EcrClient ecr =
        EcrClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
      List<AuthorizationData> data =
          ecr.getAuthorizationToken(call -> registry.ifPresent(call::registryIds))
              .authorizationData();
      if (data.size() != 1) {
        throw new OperationFailed("ECR gave " + data.size() + " tokens (expected: 1)");
      }
      return data.get(0);
    }
  }
}
