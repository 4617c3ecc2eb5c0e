package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.flag;
import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.map;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.oneOf;
import static dev.deputy.sandbox.Shape.secret;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;

import dev.deputy.sandbox.Shape.ListOf;
import dev.deputy.sandbox.Shape.Structure;
import dev.deputy.sandbox.Shape.Whole;

/** What ECS's requests may hold. */
final class EcsShapes {
  private static final Whole NUMBER = whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
  private static final ListOf TEXTS = list(text());
  private static final String NAME = "[a-zA-Z0-9_-]{1,255}";

  static final ListOf TAGS =
      list(structure(need("key", text(1, 128)), may("value", text(0, 256))), 0, 50);

  /** Environment variables may hold secrets, so their values stay out of messages and events. */
  private static final ListOf PAIRS =
      list(structure(need("name", text()), may("value", secret(0, Integer.MAX_VALUE))));

  private static final Structure LINUX_PARAMETERS =
      structure(
          may("capabilities", structure(may("add", TEXTS), may("drop", TEXTS))),
          may(
              "devices",
              list(
                  structure(
                      need("hostPath", text()),
                      may("containerPath", text()),
                      may("permissions", TEXTS)))),
          may("initProcessEnabled", flag()),
          may("maxSwap", NUMBER),
          may("sharedMemorySize", NUMBER),
          may("swappiness", NUMBER),
          may(
              "tmpfs",
              list(
                  structure(
                      need("containerPath", text()),
                      need("size", NUMBER),
                      may("mountOptions", TEXTS)))));

  private static final Structure LOG_CONFIGURATION =
      structure(
          need(
              "logDriver",
              oneOf(
                  "awslogs",
                  "awsfirelens",
                  "fluentd",
                  "gelf",
                  "journald",
                  "json-file",
                  "splunk",
                  "syslog")),
          may("options", map(text())),
          may("secretOptions", list(structure(need("name", text()), need("valueFrom", text())))));

  private static final Structure HEALTH_CHECK =
      structure(
          need("command", TEXTS),
          may("interval", NUMBER),
          may("retries", NUMBER),
          may("startPeriod", NUMBER),
          may("timeout", NUMBER));

  private static final ListOf PORT_MAPPINGS =
      list(
          structure(
              may("appProtocol", oneOf("http", "http2", "grpc")),
              may("containerPort", whole(0, 65_535)),
              may("containerPortRange", text()),
              may("hostPort", whole(0, 65_535)),
              may("name", text()),
              may("protocol", oneOf("tcp", "udp"))));

  static final Structure CONTAINER_DEFINITION =
      structure(
          may("command", TEXTS),
          may("cpu", whole(0, Integer.MAX_VALUE)),
          may(
              "dependsOn",
              list(
                  structure(
                      need("containerName", text()),
                      need("condition", oneOf("START", "COMPLETE", "SUCCESS", "HEALTHY"))))),
          may("disableNetworking", flag()),
          may("dnsSearchDomains", TEXTS),
          may("dnsServers", TEXTS),
          may("dockerLabels", map(text())),
          may("dockerSecurityOptions", TEXTS),
          may("entryPoint", TEXTS),
          may("environment", PAIRS),
          may(
              "environmentFiles",
              list(structure(need("type", oneOf("s3")), need("value", text())))),
          may("essential", flag()),
          may("extraHosts", list(structure(need("hostname", text()), need("ipAddress", text())))),
          may("healthCheck", HEALTH_CHECK),
          may("hostname", text()),
          need("image", text(1, 4096)),
          may("interactive", flag()),
          may("links", TEXTS),
          may("linuxParameters", LINUX_PARAMETERS),
          may("logConfiguration", LOG_CONFIGURATION),
          may("memory", whole(6, Integer.MAX_VALUE)),
          may("memoryReservation", whole(6, Integer.MAX_VALUE)),
          may(
              "mountPoints",
              list(
                  structure(
                      may("containerPath", text()),
                      may("readOnly", flag()),
                      may("sourceVolume", text())))),
          need("name", text(1, 255, NAME)),
          may("portMappings", PORT_MAPPINGS),
          may("privileged", flag()),
          may("pseudoTerminal", flag()),
          may("readonlyRootFilesystem", flag()),
          may("repositoryCredentials", structure(need("credentialsParameter", text()))),
          may("resourceRequirements", list(structure(need("type", text()), need("value", text())))),
          may("secrets", list(structure(need("name", text()), need("valueFrom", text())))),
          may("startTimeout", whole(2, 3600)),
          may("stopTimeout", whole(0, 3600)),
          may("systemControls", list(structure(may("namespace", text()), may("value", text())))),
          may(
              "ulimits",
              list(
                  structure(
                      need("name", text()), need("softLimit", NUMBER), need("hardLimit", NUMBER)))),
          may("user", text()),
          may("versionConsistency", oneOf("enabled", "disabled")),
          may(
              "volumesFrom",
              list(structure(may("readOnly", flag()), may("sourceContainer", text())))),
          may("workingDirectory", text()));

  static final Structure TASK_DEFINITION =
      structure(
          need("containerDefinitions", list(CONTAINER_DEFINITION)),
          may("cpu", text()),
          may("ephemeralStorage", structure(need("sizeInGiB", whole(20, 200)))),
          may("executionRoleArn", text()),
          need("family", text(1, 255, NAME)),
          may("ipcMode", oneOf("host", "task", "none")),
          may("memory", text()),
          may("networkMode", oneOf("bridge", "host", "awsvpc", "none")),
          may("pidMode", oneOf("host", "task")),
          may(
              "placementConstraints",
              list(structure(may("expression", text()), may("type", oneOf("memberOf"))))),
          may(
              "requiresCompatibilities",
              list(oneOf("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"))),
          may(
              "runtimePlatform",
              structure(
                  may("cpuArchitecture", oneOf("X86_64", "ARM64")),
                  may("operatingSystemFamily", text()))),
          may("tags", TAGS),
          may("taskRoleArn", text()),
          may(
              "volumes",
              list(
                  structure(
                      may("host", structure(may("sourcePath", text()))), may("name", text())))));

  private static final ListOf STRATEGY =
      list(
          structure(
              may("base", whole(0, 100_000)),
              need("capacityProvider", text()),
              may("weight", whole(0, 1000))),
          0,
          20);

  static final Structure OVERRIDES =
      structure(
          may(
              "containerOverrides",
              list(
                  structure(
                      may("command", TEXTS),
                      may("cpu", NUMBER),
                      may("environment", PAIRS),
                      may("memory", NUMBER),
                      may("memoryReservation", NUMBER),
                      need("name", text())))),
          may("cpu", text()),
          may("executionRoleArn", text()),
          may("memory", text()),
          may("taskRoleArn", text()));

  private static final Structure NETWORK =
      structure(
          may(
              "awsvpcConfiguration",
              structure(
                  may("assignPublicIp", oneOf("ENABLED", "DISABLED")),
                  may("securityGroups", list(text(), 0, 5)),
                  need("subnets", list(text(), 0, 16)))));

  static final Structure RUN_TASK =
      structure(
          may("capacityProviderStrategy", STRATEGY),
          may("clientToken", text(1, 64, "[!-~]*")),
          may("cluster", text()),
          may("count", whole(1, 10)),
          may("enableECSManagedTags", flag()),
          may("group", text()),
          may("launchType", oneOf("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES")),
          may("networkConfiguration", NETWORK),
          may("overrides", OVERRIDES),
          may(
              "placementConstraints",
              list(
                  structure(
                      may("expression", text()),
                      may("type", oneOf("distinctInstance", "memberOf"))),
                  0,
                  10)),
          may(
              "placementStrategy",
              list(
                  structure(
                      may("field", text()), may("type", oneOf("random", "spread", "binpack"))),
                  0,
                  5)),
          may("platformVersion", text()),
          may("propagateTags", oneOf("TASK_DEFINITION", "NONE")),
          may("referenceId", text(0, 1024)),
          may("startedBy", text(0, 128, "[A-Za-z0-9_/-]*")),
          may("tags", TAGS),
          need("taskDefinition", text()));

  static final Structure CREATE_CLUSTER =
      structure(
          may("capacityProviders", TEXTS),
          may("clusterName", text(1, 255, NAME)),
          may("defaultCapacityProviderStrategy", STRATEGY),
          may(
              "settings",
              list(
                  structure(
                      need("name", oneOf("containerInsights")),
                      need("value", oneOf("enabled", "enhanced", "disabled"))))),
          may("tags", TAGS));

  private EcsShapes() {}
}
