package dev.deputy.sandbox;

import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A task as its own containers see it: the task metadata endpoint, version 4. */
final class EcsTaskMetadata {
  private EcsTaskMetadata() {}

  /** The answer of {@code /task}. */
  static ObjectNode task(EcsTask task) {
    EcsTaskSpec spec = task.spec();
    EcsTaskState state = task.state();
    ObjectNode json =
        Call.object()
            .put("Cluster", spec.clusterName())
            .put("TaskARN", spec.arn())
            .put("Family", spec.definition().family())
            .put("Revision", Integer.toString(spec.definition().revision()))
            .put("DesiredStatus", state.desired().name())
            .put("KnownStatus", state.last().name())
            .put("AvailabilityZone", spec.region() + "a")
            .put("LaunchType", spec.launchType());
    state.times().pulled().ifPresent(t -> json.put("PullStartedAt", t.toString()));
    state.times().pulled().ifPresent(t -> json.put("PullStoppedAt", t.toString()));
    ArrayNode containers = json.putArray("Containers");
    for (int i = 0; i < task.containers().size(); i++) {
      containers.add(container(task, i));
    }
    return json;
  }

  /** The answer without a path: the asking container. */
  static ObjectNode container(EcsTask task, int index) {
    EcsTaskSpec spec = task.spec();
    EcsTaskSpec.Container container = task.containers().get(index);
    EcsTaskState state = task.state();
    ObjectNode json =
        Call.object()
            .put("DockerId", container.runtimeId())
            .put("Name", container.name())
            .put(
                "DockerName",
                "ecs-%s-%d-%s"
                    .formatted(
                        spec.definition().family(), spec.definition().revision(), container.name()))
            .put("Image", container.image())
            .put("DesiredStatus", state.desired().name())
            .put("KnownStatus", state.containers().get(index).last().name())
            .put("CreatedAt", spec.created().toString())
            .put("Type", "NORMAL")
            .put("ContainerARN", container.arn());
    state.times().started().ifPresent(time -> json.put("StartedAt", time.toString()));
    labels(json.putObject("Labels"), spec, container);
    container
        .definition()
        .structure("logConfiguration")
        .ifPresent(logs -> {
          json.put("LogDriver", logs.text("logDriver"));
          logOptions(json.putObject("LogOptions"), logs.map("options"), spec, container);
        });
    return json;
  }

  private static void labels(ObjectNode labels, EcsTaskSpec spec, EcsTaskSpec.Container container) {
    labels.put("com.amazonaws.ecs.cluster", spec.clusterName());
    labels.put("com.amazonaws.ecs.container-name", container.name());
    labels.put("com.amazonaws.ecs.task-arn", spec.arn());
    labels.put("com.amazonaws.ecs.task-definition-family", spec.definition().family());
    labels.put(
        "com.amazonaws.ecs.task-definition-version",
        Integer.toString(spec.definition().revision()));
    container.definition().map("dockerLabels").forEach(labels::put);
  }

  private static void logOptions(
      ObjectNode json,
      Map<String, String> options,
      EcsTaskSpec spec,
      EcsTaskSpec.Container container) {
    for (String option : new String[] {"awslogs-group", "awslogs-region"}) {
      if (options.containsKey(option)) {
        json.put(option, options.get(option));
      }
    }
    String prefix = options.get("awslogs-stream-prefix");
    if (prefix != null) {
      json.put("awslogs-stream", prefix + "/" + container.name() + "/" + spec.id());
    }
  }
}
