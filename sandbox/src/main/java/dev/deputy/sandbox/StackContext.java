package dev.deputy.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * In whose name and for which stack resources are made.
 *
 * @param caller who asked for the stack's operation, called for by CloudFormation
 * @param tags the stack's own tags, which its resources get too
 */
record StackContext(
    Dispatcher dispatcher, Caller caller, String stackName, Map<String, String> tags) {
  private static final int SUFFIX = 12;

  /** Calls a service. */
  ObjectNode invoke(String service, String action, ObjectNode parameters) {
    return dispatcher.invoke(caller, service, action, parameters);
  }

  /** A name as CloudFormation makes them, of at most so many characters. */
  String generatedName(String logicalId, int most) {
    int room = most - SUFFIX - 1;
    String name = stackName + "-" + logicalId;
    if (name.length() > room) {
      int half = (room - 1) / 2;
      name =
          stackName.substring(0, Math.min(half, stackName.length()))
              + "-"
              + logicalId.substring(0, Math.min(half, logicalId.length()));
    }
    return name + "-" + Ids.unique("", SUFFIX);
  }

  /** The stack's tags and on top the resource's own. */
  Map<String, String> tagsWith(Map<String, String> own) {
    Map<String, String> all = new LinkedHashMap<>(tags);
    all.putAll(own);
    return all;
  }

  /** Adds tags to a request as a list of pairs, if there are any. */
  static void putTags(
      ObjectNode request, String member, String key, String value, Map<String, String> tags) {
    if (!tags.isEmpty()) {
      ArrayNode list = request.putArray(member);
      tags.forEach((name, text) -> list.addObject().put(key, name).put(value, text));
    }
  }
}
