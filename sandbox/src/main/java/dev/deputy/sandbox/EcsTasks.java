package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.oneOf;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** ECS's actions on tasks that exist. */
final class EcsTasks {
  /** For how long a stopped task can still be described. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Regional<EcsState> states;
  private final EcsClusters clusters;
  private final EcsInstance instance;

  EcsTasks(Regional<EcsState> states, EcsClusters clusters, EcsInstance instance) {
    this.states = states;
    this.clusters = clusters;
    this.instance = instance;
  }

  List<Action> actions() {
    return List.of(
        new Action(
            "DescribeTasks",
            true,
            structure(
                may("cluster", text()),
                may("include", list(oneOf("TAGS"))),
                need("tasks", list(text(), 1, 100))),
            call ->
                call.parameters().texts("tasks").stream()
                    .map(task -> permission(call, "ecs:DescribeTasks", task))
                    .toList(),
            this::describe),
        Action.read(
            "ListTasks",
            structure(
                may("cluster", text()),
                may("desiredStatus", oneOf("RUNNING", "PENDING", "STOPPED")),
                may("family", text()),
                may("launchType", oneOf("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES")),
                may("maxResults", whole(1, 100)),
                may("nextToken", text()),
                may("startedBy", text())),
            call ->
                Permission.of("ecs:ListTasks", "*")
                    .with("ecs:cluster", EcsArns.cluster(call, EcsArns.clusterName(call))),
            this::listArns),
        Action.write(
            "StopTask",
            structure(may("cluster", text()), may("reason", text(0, 1024)), need("task", text())),
            call -> permission(call, "ecs:StopTask", call.parameters().text("task")),
            this::stop));
  }

  private Permission permission(Call call, String action, String task) {
    String cluster = EcsArns.clusterName(call);
    String arn = call.arn("task/" + cluster + "/" + EcsArns.taskId(call, task));
    return Permission.of(action, arn)
        .with("ecs:cluster", EcsArns.cluster(call, cluster))
        .withResourceTags(states.of(call).tags(arn));
  }

  /** Forgets what has been stopped for long. */
  static void forget(EcsState state, Instant now) {
    Instant horizon = now.minus(REMEMBERED);
    for (EcsTask task : state.tasks().values()) {
      if (task.state().times().stopped().filter(horizon::isAfter).isPresent()) {
        state.tasks().remove(task.spec().id());
        state.untag(task.spec().arn());
      }
    }
  }

  private Optional<EcsTask> find(Call call, EcsState.Cluster cluster, String identifier) {
    return Optional.ofNullable(states.of(call).tasks().get(EcsArns.taskId(call, identifier)))
        .filter(task -> task.spec().clusterArn().equals(cluster.arn()));
  }

  private ObjectNode describe(Call call) {
    EcsState.Cluster cluster = clusters.active(call);
    EcsState state = states.of(call);
    forget(state, call.time());
    boolean withTags = call.parameters().texts("include").contains("TAGS");
    ObjectNode answer = Call.object();
    ArrayNode tasks = answer.putArray("tasks");
    ArrayNode failures = answer.putArray("failures");
    for (String identifier : call.parameters().texts("tasks")) {
      find(call, cluster, identifier)
          .ifPresentOrElse(
              task -> tasks.add(json(state, task, withTags)),
              () -> {
                String id = EcsArns.taskId(call, identifier);
                failures
                    .addObject()
                    .put("arn", call.arn("task/" + cluster.name() + "/" + id))
                    .put("reason", "MISSING");
              });
    }
    return answer;
  }

  /** A task as ECS answers it. */
  static ObjectNode json(EcsState state, EcsTask task, boolean withTags) {
    ObjectNode json = task.json();
    json.set(
        "tags",
        withTags ? EcsClusters.tags(state.tags(task.spec().arn())) : Call.object().arrayNode());
    return json;
  }

  private ObjectNode listArns(Call call) {
    EcsState.Cluster cluster = clusters.active(call);
    EcsState state = states.of(call);
    forget(state, call.time());
    List<String> arns =
        state.tasks().values().stream()
            .filter(task -> task.spec().clusterArn().equals(cluster.arn()))
            .filter(asked(call))
            .sorted(Comparator.comparing(task -> task.spec().created()))
            .map(task -> task.spec().arn())
            .toList();
    return EcsTaskDefinitions.page(arns, call.parameters(), "taskArns");
  }

  private static Predicate<EcsTask> asked(Call call) {
    Parameters request = call.parameters();
    if (request.has("startedBy") && (request.has("family") || request.has("launchType"))) {
      throw call.api().invalid("cannot specify family or launchType when startedBy is specified.");
    }
    String desired = request.text("desiredStatus", "RUNNING");
    Predicate<EcsTask> filter = task -> task.state().desired().name().equals(desired);
    Optional<String> family = request.optionalText("family");
    Optional<String> launchType = request.optionalText("launchType");
    Optional<String> startedBy = request.optionalText("startedBy");
    return filter
        .and(task -> family.isEmpty() || family.get().equals(task.spec().definition().family()))
        .and(task -> launchType.isEmpty() || launchType.get().equals(task.spec().launchType()))
        .and(task ->
            startedBy.isEmpty()
                || startedBy.equals(task.spec().request().optionalText("startedBy")));
  }

  private ObjectNode stop(Call call) {
    EcsState.Cluster cluster = clusters.active(call);
    EcsState state = states.of(call);
    EcsTask task =
        find(call, cluster, call.parameters().text("task"))
            .orElseThrow(() -> call.api().invalid("The referenced task was not found."));
    instance.stop(
        task, EcsTaskState.Stop.by(call.parameters().text("reason", "Task stopped by user")));
    call.touches("AWS::ECS::Task", task.spec().arn());
    state.untag(task.spec().arn());
    ObjectNode answer = Call.object();
    answer.set("task", json(state, task, false));
    return answer;
  }
}
