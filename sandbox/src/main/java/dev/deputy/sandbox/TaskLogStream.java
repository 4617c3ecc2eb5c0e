package dev.deputy.sandbox;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Docker's {@code awslogs} driver: carries the output of one container to its log stream. */
final class TaskLogStream {
  private static final Logger LOG = LoggerFactory.getLogger(TaskLogStream.class);
  private static final List<String> OPTIONS =
      List.of(
          "awslogs-create-group",
          "awslogs-group",
          "awslogs-region",
          "awslogs-stream-prefix",
          "max-buffer-size",
          "mode");

  private final Dispatcher dispatcher;
  private final Caller caller;
  private final String group;
  private final String stream;

  private TaskLogStream(Dispatcher dispatcher, Caller caller, String group, String stream) {
    this.dispatcher = dispatcher;
    this.caller = caller;
    this.group = group;
    this.stream = stream;
  }

  /**
   * Creates the stream of a container.
   *
   * @param caller whose permissions on CloudWatch Logs count
   * @param options the log configuration's options
   * @throws TaskStartException when the stream cannot be created, in Docker's words
   */
  static TaskLogStream open(
      Dispatcher dispatcher, Caller caller, Map<String, String> options, String task, String name)
      throws TaskStartException {
    for (String option : options.keySet()) {
      if (!OPTIONS.contains(option)) {
        throw failure("unknown log opt '" + option + "' for awslogs log driver");
      }
    }
    String group = options.getOrDefault("awslogs-group", "");
    String prefix = options.get("awslogs-stream-prefix");
    String stream = prefix == null ? task : prefix + "/" + name + "/" + task;
    Caller regional = caller.in(options.getOrDefault("awslogs-region", caller.region()));
    try {
      if ("true".equals(options.get("awslogs-create-group"))) {
        createGroup(dispatcher, regional, group);
      }
      ObjectNode request = Call.object().put("logGroupName", group).put("logStreamName", stream);
      dispatcher.invoke(regional, "logs", "CreateLogStream", request);
    } catch (AwsException refusal) {
      throw failure(
          "failed to create Cloudwatch log stream: %s: %s"
              .formatted(refusal.code(), refusal.text()));
    }
    return new TaskLogStream(dispatcher, regional, group, stream);
  }

  private static void createGroup(Dispatcher dispatcher, Caller caller, String group) {
    try {
      dispatcher.invoke(caller, "logs", "CreateLogGroup", Call.object().put("logGroupName", group));
    } catch (AwsException refusal) {
      if (!refusal.code().equals("ResourceAlreadyExistsException")) {
        throw refusal;
      }
    }
  }

  private static TaskStartException failure(String what) {
    return new TaskStartException(
        "CannotStartContainerError: Error response from daemon: failed to initialize logging"
            + " driver: "
            + what);
  }

  /**
   * Puts events; when that is refused they are lost, as with the driver, and the loss is logged.
   */
  void put(List<TaskOutput.Event> events) {
    ObjectNode request = Call.object().put("logGroupName", group).put("logStreamName", stream);
    ArrayNode list = request.putArray("logEvents");
    events.forEach(event ->
        list.addObject().put("timestamp", event.timestamp()).put("message", event.message()));
    try {
      dispatcher.invoke(caller, "logs", "PutLogEvents", request);
    } catch (AwsException refusal) {
      LOG.warn("{} events of {} {} are lost: {}", events.size(), group, stream, refusal.text());
    }
  }
}
