package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The container registry, as far as logging in to it: there are no repositories. */
final class EcrService implements Service {
  private static final Api API =
      new Api(
          "ecr",
          Protocol.JSON,
          "2015-09-21",
          List.of("AmazonEC2ContainerRegistry_V20150921"),
          "InvalidParameterException");
  private static final Duration LIFE = Duration.ofHours(12);

  @Override
  public Api api() {
    return API;
  }

  @Override
  public List<Action> actions() {
    return List.of(
        Action.read(
            "GetAuthorizationToken",
            structure(may("registryIds", list(text(12, 12, "[0-9]{12}"), 1, 10))),
            _ -> Permission.of("ecr:GetAuthorizationToken", "*"),
            EcrService::token));
  }

  private static ObjectNode token(Call call) {
    List<String> asked = call.parameters().texts("registryIds");
    ObjectNode answer = Call.object();
    ArrayNode data = answer.putArray("authorizationData");
    for (String registry : asked.isEmpty() ? List.of(call.account()) : asked) {
      String pair = "AWS:" + Ids.unique("eyJwYXlsb2FkIjoi", 400);
      data.addObject()
          .put("authorizationToken", Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)))
          .put("expiresAt", Times.seconds(call.time().plus(LIFE)))
          .put(
              "proxyEndpoint",
              "https://%s.dkr.ecr.%s.amazonaws.com".formatted(registry, call.region()));
    }
    return answer;
  }
}
