package dev.deputy.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One revision of a task definition.
 *
 * @param body what was registered, with ECS's defaults; not to be changed
 */
record EcsTaskDefinition(String arn, String family, int revision, boolean active, ObjectNode body) {

  /** Memory in MiB that Fargate offers for so many CPU units: least, most and step. */
  private record FargateSize(int cpu, Set<Integer> exact, int least, int most, int step) {
    boolean offers(int memory) {
      return exact.contains(memory)
          || (memory >= least && memory <= most && (memory - least) % step == 0);
    }
  }

  private static final List<FargateSize> FARGATE =
      List.of(
          new FargateSize(256, Set.of(512, 1024, 2048), 1, 0, 1),
          new FargateSize(512, Set.of(), 1024, 4096, 1024),
          new FargateSize(1024, Set.of(), 2048, 8192, 1024),
          new FargateSize(2048, Set.of(), 4096, 16_384, 1024),
          new FargateSize(4096, Set.of(), 8192, 30_720, 1024),
          new FargateSize(8192, Set.of(), 16_384, 61_440, 4096),
          new FargateSize(16_384, Set.of(), 32_768, 122_880, 8192));

  /** The containers as they were registered. */
  List<Parameters> containers() {
    return new Parameters(body).list("containerDefinitions");
  }

  /** The role of the task, if it has one. */
  Optional<String> taskRole() {
    return new Parameters(body).optionalText("taskRoleArn");
  }

  /** The role with which ECS itself works for the task, if it has one. */
  Optional<String> executionRole() {
    return new Parameters(body).optionalText("executionRoleArn");
  }

  /** Whether it was registered for a launch type; without any it is for EC2. */
  boolean supports(String launchType) {
    List<String> required = new Parameters(body).texts("requiresCompatibilities");
    return required.isEmpty() ? !launchType.equals("FARGATE") : required.contains(launchType);
  }

  /** The same revision, deregistered at a time in seconds. */
  EcsTaskDefinition deregistered(double time) {
    ObjectNode inactive = body.deepCopy().put("deregisteredAt", time);
    return new EcsTaskDefinition(arn, family, revision, false, inactive);
  }

  /** As ECS answers it. */
  ObjectNode json() {
    ObjectNode json = body.deepCopy();
    json.put("taskDefinitionArn", arn);
    json.put("family", family);
    json.put("revision", revision);
    json.put("status", active ? "ACTIVE" : "INACTIVE");
    return json;
  }

  /**
   * Checks a registration and adds ECS's defaults.
   *
   * @param request as its shape allows, without tags
   * @throws AwsException when it contradicts itself
   */
  static ObjectNode checked(ObjectNode request) {
    ObjectNode body = request.deepCopy();
    Parameters definition = new Parameters(body);
    List<Parameters> containers = definition.list("containerDefinitions");
    if (containers.isEmpty() || containers.size() > 10) {
      throw client(
          containers.isEmpty()
              ? "Container list cannot be empty."
              : "Container list cannot have more than 10 containers.");
    }
    if (containers.stream().map(c -> c.text("name")).distinct().count() < containers.size()) {
      throw client("Container names must be unique within a task definition.");
    }
    boolean sized = definition.has("memory");
    containers.forEach(container -> checkContainer(container, sized));
    if (containers.stream().noneMatch(container -> container.flag("essential", true))) {
      throw client("At least one container must be essential.");
    }
    if (definition.texts("requiresCompatibilities").contains("FARGATE")) {
      checkFargate(definition);
    }
    for (String list : List.of("volumes", "placementConstraints")) {
      if (!body.has(list)) {
        body.putArray(list);
      }
    }
    body.set("compatibilities", compatibilities(definition));
    return body;
  }

  private static void checkContainer(Parameters container, boolean taskHasMemory) {
    int memory = container.whole("memory", 0);
    int reservation = container.whole("memoryReservation", 0);
    String name = container.text("name");
    if (memory == 0 && reservation == 0 && !taskHasMemory) {
      throw client(
          ("Invalid setting for container '%s'. At least one of 'memory' or "
                  + "'memoryReservation' must be specified.")
              .formatted(name));
    }
    if (memory != 0 && reservation > memory) {
      throw client(
          "Invalid setting for container '%s'. 'memory' must be greater than 'memoryReservation'."
              .formatted(name));
    }
    checkLogs(container);
    ObjectNode node = container.node();
    node.put("essential", container.flag("essential", true));
    node.put("cpu", container.whole("cpu", 0));
    for (String list : List.of("environment", "mountPoints", "portMappings", "volumesFrom")) {
      if (!node.has(list)) {
        node.putArray(list);
      }
    }
  }

  private static void checkLogs(Parameters container) {
    Optional<Parameters> awslogs =
        container
            .structure("logConfiguration")
            .filter(logs -> logs.text("logDriver").equals("awslogs"));
    if (awslogs.isPresent()) {
      Map<String, String> options = awslogs.get().map("options");
      for (String option : List.of("awslogs-group", "awslogs-region")) {
        if (!options.containsKey(option)) {
          throw client("Log driver awslogs requires option " + option + ".");
        }
      }
    }
  }

  private static void checkFargate(Parameters definition) {
    if (!definition.text("networkMode", "").equals("awsvpc")) {
      throw client("Fargate only supports network mode ‘awsvpc’.");
    }
    int cpu = size(definition, "cpu");
    int memory = size(definition, "memory");
    boolean offered = FARGATE.stream().anyMatch(size -> size.cpu() == cpu && size.offers(memory));
    if (!offered) {
      throw client(
          ("No Fargate configuration exists for given values: %d CPU, %d memory. See the "
                  + "Amazon ECS documentation for the valid values.")
              .formatted(cpu, memory));
    }
    boolean logs =
        definition.list("containerDefinitions").stream().anyMatch(c -> c.has("logConfiguration"));
    if (logs && !definition.has("executionRoleArn")) {
      throw client(
          "Fargate requires task definition to have execution role ARN to support log driver"
              + " awslogs.");
    }
  }

  /** CPU units or MiB, also written as {@code 1 vCPU} or {@code 2 GB}. */
  private static int size(Parameters definition, String name) {
    String text =
        definition
            .optionalText(name)
            .orElseThrow(
                () -> client("Fargate requires that '" + name + "' be defined at the task level."));
    String number = text.replaceFirst("(?i)\\s*(vcpu|gb)$", "");
    if (!number.matches("[0-9]{1,6}(\\.[0-9]{1,3})?")) {
      throw client("Invalid '" + name + "' setting for task.");
    }
    return (int) (Double.parseDouble(number) * (number.equals(text) ? 1 : 1024));
  }

  private static ArrayNode compatibilities(Parameters definition) {
    ArrayNode compatibilities = definition.node().arrayNode();
    compatibilities.add("EC2");
    for (JsonNode required : definition.node().path("requiresCompatibilities")) {
      if (!required.stringValue().equals("EC2")) {
        compatibilities.add(required);
      }
    }
    return compatibilities;
  }

  private static AwsException client(String message) {
    return AwsException.of("ClientException", message);
  }
}
