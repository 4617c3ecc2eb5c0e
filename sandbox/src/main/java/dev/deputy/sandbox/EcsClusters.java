package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.oneOf;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** ECS's actions on clusters. */
final class EcsClusters {
  private final Regional<EcsState> states;

  EcsClusters(Regional<EcsState> states) {
    this.states = states;
  }

  List<Action> actions() {
    return List.of(
        new Action(
            "CreateCluster",
            false,
            EcsShapes.CREATE_CLUSTER,
            call ->
                EcsAccess.withTags(
                    call,
                    Permission.of("ecs:CreateCluster", "*"),
                    EcsAccess.tags(call),
                    EcsArns.cluster(call, name(call))),
            this::create),
        new Action(
            "DescribeClusters",
            true,
            structure(
                may("clusters", list(text(), 0, 100)),
                may("include", list(oneOf("SETTINGS", "STATISTICS", "TAGS")))),
            call ->
                asked(call).stream()
                    .map(name -> permission(call, "ecs:DescribeClusters", name))
                    .toList(),
            this::describe),
        Action.write(
            "DeleteCluster",
            structure(need("cluster", text())),
            call -> permission(call, "ecs:DeleteCluster", EcsArns.clusterName(call)),
            this::delete),
        Action.read(
            "ListClusters",
            structure(),
            _ -> Permission.of("ecs:ListClusters", "*"),
            this::listArns));
  }

  /**
   * The active cluster that a call's {@code cluster} parameter means.
   *
   * @throws AwsException when there is none
   */
  EcsState.Cluster active(Call call) {
    return find(call, EcsArns.clusterName(call))
        .filter(EcsState.Cluster::active)
        .orElseThrow(() -> AwsException.of("ClusterNotFoundException", "Cluster not found."));
  }

  private Optional<EcsState.Cluster> find(Call call, String name) {
    return Optional.ofNullable(states.of(call).clusters().get(name));
  }

  private Permission permission(Call call, String action, String name) {
    String arn = EcsArns.cluster(call, name);
    return Permission.of(action, arn)
        .with("ecs:cluster", arn)
        .withResourceTags(states.of(call).tags(arn));
  }

  private static String name(Call call) {
    return call.parameters().text("clusterName", "default");
  }

  private static List<String> asked(Call call) {
    List<String> names = new ArrayList<>();
    for (String identifier : call.parameters().texts("clusters")) {
      names.add(EcsArns.local(call, "cluster", identifier));
    }
    return names.isEmpty() ? List.of("default") : names;
  }

  private ObjectNode create(Call call) {
    EcsState state = states.of(call);
    ObjectNode settings = call.parameters().node().deepCopy();
    settings.remove(List.of("clusterName", "tags"));
    EcsState.Cluster cluster =
        new EcsState.Cluster(EcsArns.cluster(call, name(call)), name(call), true, settings);
    EcsState.Cluster existing =
        state.clusters().merge(name(call), cluster, (old, fresh) -> old.active() ? old : fresh);
    state.tag(existing.arn(), EcsAccess.tags(call));
    call.touches("AWS::ECS::Cluster", existing.arn());
    ObjectNode answer = Call.object();
    answer.set("cluster", json(state, existing));
    return answer;
  }

  private ObjectNode describe(Call call) {
    EcsState state = states.of(call);
    ObjectNode answer = Call.object();
    ArrayNode clusters = answer.putArray("clusters");
    ArrayNode failures = answer.putArray("failures");
    for (String name : asked(call)) {
      find(call, name)
          .ifPresentOrElse(
              cluster -> clusters.add(json(state, cluster)),
              () ->
                  failures
                      .addObject()
                      .put("arn", EcsArns.cluster(call, name))
                      .put("reason", "MISSING"));
    }
    return answer;
  }

  private ObjectNode delete(Call call) {
    EcsState state = states.of(call);
    EcsState.Cluster cluster = active(call);
    if (running(state, cluster) > 0) {
      throw AwsException.of(
          "ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
    }
    var deleted = new EcsState.Cluster(cluster.arn(), cluster.name(), false, cluster.settings());
    state.clusters().put(cluster.name(), deleted);
    state.untag(cluster.arn());
    call.touches("AWS::ECS::Cluster", cluster.arn());
    ObjectNode answer = Call.object();
    answer.set("cluster", json(state, deleted));
    return answer;
  }

  private ObjectNode listArns(Call call) {
    ObjectNode answer = Call.object();
    ArrayNode arns = answer.putArray("clusterArns");
    states.of(call).clusters().values().stream()
        .filter(EcsState.Cluster::active)
        .forEach(cluster -> arns.add(cluster.arn()));
    return answer;
  }

  private static long running(EcsState state, EcsState.Cluster cluster) {
    return state.tasks().values().stream()
        .filter(task -> task.spec().clusterArn().equals(cluster.arn()))
        .filter(task -> !task.state().isStopped())
        .count();
  }

  private static ObjectNode json(EcsState state, EcsState.Cluster cluster) {
    ObjectNode json = cluster.settings().deepCopy();
    List<EcsTask> tasks =
        state.tasks().values().stream()
            .filter(task -> task.spec().clusterArn().equals(cluster.arn()))
            .toList();
    json.put("clusterArn", cluster.arn());
    json.put("clusterName", cluster.name());
    json.put("status", cluster.active() ? "ACTIVE" : "INACTIVE");
    json.put("registeredContainerInstancesCount", 0);
    json.put("runningTasksCount", tasks.stream().filter(t -> t.state().isRunning()).count());
    json.put("pendingTasksCount", tasks.stream().filter(t -> t.state().isStarting()).count());
    json.put("activeServicesCount", 0);
    json.set("tags", tags(state.tags(cluster.arn())));
    for (String list :
        List.of("statistics", "settings", "capacityProviders", "defaultCapacityProviderStrategy")) {
      if (!json.has(list)) {
        json.putArray(list);
      }
    }
    return json;
  }

  /** Tags as ECS answers them. */
  static ArrayNode tags(Map<String, String> tags) {
    ArrayNode list = Call.object().arrayNode();
    tags.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
    return list;
  }
}
