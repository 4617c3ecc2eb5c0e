package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.oneOf;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** ECS's actions on task definitions. */
final class EcsTaskDefinitions {
  private static final Pattern FAMILY_REVISION =
      Pattern.compile("([a-zA-Z0-9_-]{1,255})(?::([1-9][0-9]{0,8}))?");

  private final Regional<EcsState> states;

  EcsTaskDefinitions(Regional<EcsState> states) {
    this.states = states;
  }

  List<Action> actions() {
    return List.of(
        new Action(
            "RegisterTaskDefinition",
            false,
            EcsShapes.TASK_DEFINITION,
            call ->
                EcsAccess.withTags(
                    call,
                    Permission.of("ecs:RegisterTaskDefinition", "*"),
                    EcsAccess.tags(call),
                    call.arn("task-definition/" + call.parameters().text("family") + ":*")),
            this::register),
        Action.read(
            "DescribeTaskDefinition",
            structure(need("taskDefinition", text()), may("include", list(oneOf("TAGS")))),
            _ -> Permission.of("ecs:DescribeTaskDefinition", "*"),
            this::describe),
        Action.write(
            "DeregisterTaskDefinition",
            structure(need("taskDefinition", text())),
            _ -> Permission.of("ecs:DeregisterTaskDefinition", "*"),
            this::deregister),
        Action.read(
            "ListTaskDefinitions",
            structure(
                may("familyPrefix", text()),
                may("maxResults", whole(1, 100)),
                may("nextToken", text()),
                may("sort", oneOf("ASC", "DESC")),
                may("status", oneOf("ACTIVE", "INACTIVE"))),
            _ -> Permission.of("ecs:ListTaskDefinitions", "*"),
            this::listArns));
  }

  /** The revision that a family, {@code family:revision} or ARN means, active or not. */
  Optional<EcsTaskDefinition> find(Call call, String identifier) {
    Matcher matcher = FAMILY_REVISION.matcher(EcsArns.local(call, "task-definition", identifier));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    EcsState state = states.of(call);
    String revision = matcher.group(2);
    return revision == null
        ? state.newest(matcher.group(1))
        : state.definition(matcher.group(1), Integer.parseInt(revision));
  }

  private EcsTaskDefinition found(Call call, String refusal) {
    return find(call, call.parameters().text("taskDefinition"))
        .orElseThrow(() -> AwsException.of("ClientException", refusal));
  }

  private ObjectNode register(Call call) {
    Parameters request = call.parameters();
    EcsAccess.requirePassRole(
        call,
        List.of(request.optionalText("taskRoleArn"), request.optionalText("executionRoleArn")));
    String family = request.text("family");
    ObjectNode body = EcsTaskDefinition.checked(request.node());
    body.remove(List.of("tags", "family"));
    body.put("registeredAt", Times.seconds(call.time()));
    body.put("registeredBy", call.caller().identity().arn());
    EcsState state = states.of(call);
    EcsTaskDefinition definition =
        state.register(
            family,
            revision ->
                new EcsTaskDefinition(
                    call.arn("task-definition/%s:%d".formatted(family, revision)),
                    family,
                    revision,
                    true,
                    body));
    state.tag(definition.arn(), EcsAccess.tags(call));
    call.touches("AWS::ECS::TaskDefinition", definition.arn());
    return answer(call, definition, !EcsAccess.tags(call).isEmpty());
  }

  private ObjectNode describe(Call call) {
    return answer(
        call,
        found(call, "Unable to describe task definition."),
        call.parameters().texts("include").contains("TAGS"));
  }

  private ObjectNode deregister(Call call) {
    if (!call.parameters().text("taskDefinition").matches(".*:[0-9]+")) {
      throw call.api().invalid("Task definition must include a revision.");
    }
    EcsTaskDefinition definition = found(call, "The specified task definition does not exist.");
    if (!definition.active()) {
      throw AwsException.of(
          "ClientException", "The specified task definition is already inactive.");
    }
    EcsTaskDefinition inactive = definition.deregistered(Times.seconds(call.time()));
    states.of(call).replace(inactive);
    call.touches("AWS::ECS::TaskDefinition", definition.arn());
    return answer(call, inactive, false);
  }

  private ObjectNode answer(Call call, EcsTaskDefinition definition, boolean withTags) {
    ObjectNode answer = Call.object();
    answer.set("taskDefinition", definition.json());
    if (withTags) {
      Map<String, String> tags = states.of(call).tags(definition.arn());
      answer.set("tags", EcsClusters.tags(tags));
    }
    return answer;
  }

  private ObjectNode listArns(Call call) {
    Parameters request = call.parameters();
    String family = request.text("familyPrefix", "");
    boolean active = request.text("status", "ACTIVE").equals("ACTIVE");
    List<String> arns =
        states.of(call).definitions().stream()
            .filter(d -> d.active() == active)
            .filter(d -> family.isEmpty() || d.family().equals(family))
            .map(EcsTaskDefinition::arn)
            .toList();
    return page(
        request.text("sort", "ASC").equals("DESC") ? arns.reversed() : arns,
        request,
        "taskDefinitionArns");
  }

  /** One page of a list, by {@code maxResults} and {@code nextToken}. */
  static ObjectNode page(List<String> all, Parameters request, String name) {
    int from = 0;
    String token = request.text("nextToken", "");
    if (!token.isEmpty()) {
      if (!token.matches("[0-9]{1,9}")) {
        throw AwsException.of("InvalidParameterException", "Invalid token " + token);
      }
      from = Math.min(Integer.parseInt(token), all.size());
    }
    int to = Math.min(from + request.whole("maxResults", 100), all.size());
    ObjectNode answer = Call.object();
    ArrayNode page = answer.putArray(name);
    all.subList(from, to).forEach(page::add);
    if (to < all.size()) {
      answer.put("nextToken", Integer.toString(to));
    }
    return answer;
  }
}
