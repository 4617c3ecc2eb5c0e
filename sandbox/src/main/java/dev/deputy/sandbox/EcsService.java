package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** ECS: clusters, task definitions and tasks, which are processes of this machine. */
final class EcsService implements Service, AutoCloseable {
  private static final Api API =
      new Api(
          "ecs",
          Protocol.JSON,
          "2014-11-13",
          List.of("AmazonEC2ContainerServiceV20141113"),
          "InvalidParameterException");

  private final Regional<EcsState> states = new Regional<>(EcsState::new);
  private final EcsInstance instance;

  EcsService(EcsInstance instance) {
    this.instance = instance;
  }

  @Override
  public Api api() {
    return API;
  }

  @Override
  public List<Action> actions() {
    EcsClusters clusters = new EcsClusters(states);
    EcsTaskDefinitions definitions = new EcsTaskDefinitions(states);
    List<Action> actions = new ArrayList<>();
    actions.addAll(clusters.actions());
    actions.addAll(definitions.actions());
    actions.addAll(new EcsTasks(states, clusters, instance).actions());
    actions.add(new EcsRunTask(states, clusters, definitions, instance).action());
    actions.add(
        Action.write(
            "TagResource",
            structure(need("resourceArn", text()), need("tags", EcsShapes.TAGS)),
            call -> permission(call, "ecs:TagResource").withRequestTags(EcsAccess.tags(call)),
            this::tag));
    actions.add(
        Action.read(
            "ListTagsForResource",
            structure(need("resourceArn", text())),
            call -> permission(call, "ecs:ListTagsForResource"),
            this::tags));
    return actions;
  }

  private Permission permission(Call call, String action) {
    String arn = call.parameters().text("resourceArn");
    return Permission.of(action, arn).withResourceTags(states.of(call).tags(arn));
  }

  private ObjectNode tag(Call call) {
    String arn = existing(call);
    states.of(call).tag(arn, EcsAccess.tags(call));
    return Call.object();
  }

  private ObjectNode tags(Call call) {
    ObjectNode answer = Call.object();
    answer.set("tags", EcsClusters.tags(states.of(call).tags(existing(call))));
    return answer;
  }

  private String existing(Call call) {
    String arn = call.parameters().text("resourceArn");
    EcsState state = states.of(call);
    Optional<String> found =
        state.clusters().values().stream()
            .map(EcsState.Cluster::arn)
            .filter(arn::equals)
            .findFirst()
            .or(() ->
                state.definitions().stream()
                    .map(EcsTaskDefinition::arn)
                    .filter(arn::equals)
                    .findFirst())
            .or(() ->
                state.tasks().values().stream()
                    .map(task -> task.spec().arn())
                    .filter(arn::equals)
                    .findFirst());
    return found.orElseThrow(
        () -> call.api().invalid("The specified resource was not found: " + arn));
  }

  /** Ends all tasks. */
  @Override
  public void close() {
    instance.close();
  }
}
