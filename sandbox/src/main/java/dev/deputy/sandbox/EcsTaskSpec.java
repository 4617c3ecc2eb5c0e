package dev.deputy.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a task was asked to be. It does not change.
 *
 * @param overrides the request's overrides, empty without
 * @param request the request's other parameters
 */
record EcsTaskSpec(
    String arn,
    String id,
    String clusterArn,
    String region,
    EcsTaskDefinition definition,
    Parameters overrides,
    Parameters request,
    Instant created) {

  private static final List<String> UNSUPPORTED =
      List.of(
          "dependsOn",
          "disableNetworking",
          "dnsSearchDomains",
          "dnsServers",
          "dockerSecurityOptions",
          "environmentFiles",
          "extraHosts",
          "healthCheck",
          "interactive",
          "links",
          "mountPoints",
          "privileged",
          "pseudoTerminal",
          "repositoryCredentials",
          "resourceRequirements",
          "secrets",
          "systemControls",
          "ulimits",
          "user",
          "volumesFrom",
          "workingDirectory");

  /** A container of the task, as the definition and the overrides make it. */
  record Container(Parameters definition, Parameters overrides, String arn, String runtimeId) {
    String name() {
      return definition.text("name");
    }

    String image() {
      return definition.text("image");
    }

    boolean essential() {
      return definition.flag("essential", true);
    }

    /** How long it may take to end after SIGTERM. */
    Duration stopTimeout() {
      return Duration.ofSeconds(definition.whole("stopTimeout", 30));
    }

    boolean init() {
      return definition
          .structure("linuxParameters")
          .map(linux -> linux.flag("initProcessEnabled", false))
          .orElse(false);
    }

    /**
     * The arguments to start: the entry point, the definition's or the image's, and the command.
     */
    List<String> command(List<String> imageEntryPoint) {
      List<String> line =
          new ArrayList<>(
              definition.has("entryPoint") ? definition.texts("entryPoint") : imageEntryPoint);
      line.addAll((overrides.has("command") ? overrides : definition).texts("command"));
      return line;
    }

    /** The environment that the definition and the overrides give it. */
    Map<String, String> environment() {
      Map<String, String> environment = new LinkedHashMap<>();
      for (Parameters from : List.of(definition, overrides)) {
        from.list("environment")
            .forEach(pair -> environment.put(pair.text("name"), pair.text("value", "")));
      }
      return environment;
    }

    /** What of its definition asks for something that a process of the host cannot give. */
    Optional<String> unsupported() {
      return UNSUPPORTED.stream()
          .filter(field -> asksFor(definition.node().path(field)))
          .findFirst()
          .or(this::unsupportedLinuxParameter);
    }

    private Optional<String> unsupportedLinuxParameter() {
      return definition
          .structure("linuxParameters")
          .flatMap(linux ->
              linux.node().propertyNames().stream()
                  .filter(name -> !name.equals("initProcessEnabled"))
                  .filter(name -> asksFor(linux.node().path(name)))
                  .findFirst())
          .map(name -> "linuxParameters." + name);
    }

    private static boolean asksFor(JsonNode value) {
      return switch (value.getNodeType()) {
        case BOOLEAN -> value.booleanValue();
        case ARRAY, OBJECT, POJO -> !value.isEmpty();
        case MISSING, NULL -> false;
        case BINARY, NUMBER, STRING -> true;
      };
    }
  }

  /** New containers for the task, in the definition's order. */
  List<Container> newContainers() {
    List<Container> containers = new ArrayList<>();
    for (Parameters container : definition.containers()) {
      String name = container.text("name");
      Parameters override =
          overrides.list("containerOverrides").stream()
              .filter(o -> o.text("name").equals(name))
              .findFirst()
              .orElse(new Parameters(Call.object()));
      String uuid = UUID.randomUUID().toString();
      containers.add(
          new Container(
              container,
              override,
              arn.replace(":task/", ":container/") + "/" + uuid,
              uuid.replace("-", "")));
    }
    return containers;
  }

  Optional<String> taskRole() {
    return overrides.optionalText("taskRoleArn").or(definition::taskRole);
  }

  Optional<String> executionRole() {
    return overrides.optionalText("executionRoleArn").or(definition::executionRole);
  }

  String launchType() {
    return request.text("launchType", "EC2");
  }

  String clusterName() {
    return clusterArn.substring(clusterArn.indexOf('/') + 1);
  }

  String group() {
    return request.text("group", "family:" + definition.family());
  }

  /** Adds what was asked to ECS's answer. */
  void describe(ObjectNode json) {
    json.put("taskArn", arn);
    json.put("clusterArn", clusterArn);
    json.put("taskDefinitionArn", definition.arn());
    json.put("group", group());
    json.put("createdAt", Times.seconds(created));
    json.put("availabilityZone", region + "a");
    json.put("enableExecuteCommand", false);
    json.putArray("attachments");
    json.putArray("attributes");
    request.optionalText("startedBy").ifPresent(by -> json.put("startedBy", by));
    if (request.has("capacityProviderStrategy")) {
      Parameters provider = request.list("capacityProviderStrategy").getFirst();
      json.put("capacityProviderName", provider.text("capacityProvider"));
    }
    json.put("launchType", launchType());
    request.optionalText("platformVersion").ifPresent(v -> json.put("platformVersion", v));
    for (String size : List.of("cpu", "memory")) {
      overrides
          .optionalText(size)
          .or(() -> new Parameters(definition.body()).optionalText(size))
          .ifPresent(value -> json.put(size, value));
    }
    ObjectNode overriding = overrides.node().deepCopy();
    if (!overriding.has("containerOverrides")) {
      overriding.putArray("containerOverrides");
    }
    json.set("overrides", overriding);
  }
}
