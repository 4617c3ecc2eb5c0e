package dev.deputy.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** ECS's RunTask. */
final class EcsRunTask {
  private static final int MAX_OVERRIDES = 8192;

  private final Regional<EcsState> states;
  private final EcsClusters clusters;
  private final EcsTaskDefinitions definitions;
  private final EcsInstance instance;

  EcsRunTask(
      Regional<EcsState> states,
      EcsClusters clusters,
      EcsTaskDefinitions definitions,
      EcsInstance instance) {
    this.states = states;
    this.clusters = clusters;
    this.definitions = definitions;
    this.instance = instance;
  }

  Action action() {
    return new Action("RunTask", false, EcsShapes.RUN_TASK, this::permissions, this::run);
  }

  /** The revision is resolved before the caller is authorised, as ECS does it. */
  private List<Permission> permissions(Call call) {
    String asked = call.parameters().text("taskDefinition");
    String cluster = EcsArns.clusterName(call);
    String resource =
        asked.startsWith("arn:")
            ? asked
            : definitions
                .find(call, asked)
                .map(EcsTaskDefinition::arn)
                .orElseGet(() -> call.arn("task-definition/" + asked));
    Permission permission =
        Permission.of("ecs:RunTask", resource)
            .with("ecs:cluster", EcsArns.cluster(call, cluster))
            .withResourceTags(states.of(call).tags(resource));
    return EcsAccess.withTags(
        call, permission, EcsAccess.tags(call), call.arn("task/" + cluster + "/*"));
  }

  private ObjectNode run(Call call) {
    EcsState.Cluster cluster = clusters.active(call);
    EcsTaskDefinition definition =
        definitions
            .find(call, call.parameters().text("taskDefinition"))
            .orElseThrow(() -> client("TaskDefinition not found."));
    Parameters overrides =
        call.parameters().structure("overrides").orElse(new Parameters(Call.object()));
    EcsAccess.requirePassRole(
        call,
        List.of(
            overrides.optionalText("taskRoleArn").or(definition::taskRole),
            overrides.optionalText("executionRoleArn").or(definition::executionRole)));
    EcsState state = states.of(call);
    EcsTasks.forget(state, call.time());
    ObjectNode fingerprint = call.parameters().node().deepCopy();
    fingerprint.remove("clientToken");
    fingerprint.put("taskDefinition", definition.arn());
    String token = call.parameters().text("clientToken", "");
    Supplier<EcsState.Launch> fresh =
        () ->
            new EcsState.Launch(
                fingerprint, launch(call, cluster, definition, overrides), call.time());
    EcsState.Launch launch = token.isEmpty() ? fresh.get() : state.launchOnce(token, fresh);
    if (!launch.request().equals(fingerprint)) {
      throw conflict(launch);
    }
    ObjectNode answer = Call.object();
    ArrayNode tasks = answer.putArray("tasks");
    answer.putArray("failures");
    for (EcsTask task : launch.tasks()) {
      call.touches("AWS::ECS::Task", task.spec().arn());
      tasks.add(EcsTasks.json(state, task, true));
    }
    return answer;
  }

  private static AwsException conflict(EcsState.Launch launch) {
    ArrayNode arns = Call.object().arrayNode();
    launch.tasks().forEach(task -> arns.add(task.spec().arn()));
    ObjectNode details = Call.object();
    details.set("resourceIds", arns);
    return AwsException.of(
            "ConflictException", "The clientToken was used before with other parameters.")
        .with(details);
  }

  private void check(Call call, EcsTaskDefinition definition, Parameters overrides) {
    Parameters request = call.parameters();
    if (!definition.active()) {
      throw client("TaskDefinition is inactive");
    }
    if (request.has("launchType") && request.has("capacityProviderStrategy")) {
      throw invalid("Specify either a launch type or a capacity provider strategy, not both.");
    }
    if (request.has("launchType") && !definition.supports(request.text("launchType"))) {
      throw invalid(
          "Task definition does not support launch_type " + request.text("launchType") + ".");
    }
    boolean awsvpc = new Parameters(definition.body()).text("networkMode", "").equals("awsvpc");
    if (awsvpc != request.has("networkConfiguration")) {
      throw invalid(
          awsvpc
              ? "Network Configuration must be provided when networkMode 'awsvpc' is specified."
              : "Network Configuration is not valid for the given networkMode of this task"
                  + " definition.");
    }
    if (overrides.node().toString().length() > MAX_OVERRIDES) {
      throw invalid("Overrides must have at most " + MAX_OVERRIDES + " characters.");
    }
    for (Parameters override : overrides.list("containerOverrides")) {
      String name = override.text("name");
      if (definition.containers().stream().noneMatch(c -> c.text("name").equals(name))) {
        throw invalid(
            "Override for container named %s is not a container in the TaskDefinition."
                .formatted(name));
      }
    }
  }

  private List<EcsTask> launch(
      Call call, EcsState.Cluster cluster, EcsTaskDefinition definition, Parameters overrides) {
    check(call, definition, overrides);
    EcsState state = states.of(call);
    Map<EcsTask, EcsTaskRoles> fresh = new LinkedHashMap<>();
    for (int i = 0; i < call.parameters().whole("count", 1); i++) {
      String id = UUID.randomUUID().toString().replace("-", "");
      EcsTaskSpec spec =
          new EcsTaskSpec(
              call.arn("task/" + cluster.name() + "/" + id),
              id,
              cluster.arn(),
              call.region(),
              definition,
              overrides,
              call.parameters(),
              call.time());
      EcsTaskRoles roles = instance.roles(spec);
      roles.verify();
      fresh.put(new EcsTask(spec), roles);
    }
    fresh.forEach((task, roles) -> {
      state.tasks().put(task.spec().id(), task);
      state.tag(task.spec().arn(), tags(call, state, definition));
      instance.launch(task, roles);
    });
    return new ArrayList<>(fresh.keySet());
  }

  private static Map<String, String> tags(Call call, EcsState state, EcsTaskDefinition definition) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (call.parameters().text("propagateTags", "NONE").equals("TASK_DEFINITION")) {
      tags.putAll(state.tags(definition.arn()));
    }
    if (call.parameters().flag("enableECSManagedTags", false)) {
      tags.put("aws:ecs:clusterName", EcsArns.clusterName(call));
    }
    tags.putAll(EcsAccess.tags(call));
    return tags;
  }

  private static AwsException client(String message) {
    return AwsException.of("ClientException", message);
  }

  private static AwsException invalid(String message) {
    return AwsException.of("InvalidParameterException", message);
  }
}
