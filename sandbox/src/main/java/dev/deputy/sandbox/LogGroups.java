package dev.deputy.sandbox;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** The log groups of every account and region. Thread-safe. */
final class LogGroups {
  private final Regional<ConcurrentSkipListMap<String, LogGroup>> groups =
      new Regional<>(ConcurrentSkipListMap::new);

  /** The groups of the caller's account and region, by name. */
  Map<String, LogGroup> of(Call call) {
    return groups.of(call);
  }

  /** The group that the request names. */
  LogGroup group(Call call) {
    return Optional.ofNullable(of(call).get(call.parameters().text("logGroupName")))
        .orElseThrow(() -> missing("group"));
  }

  /** The stream that the request names. */
  LogGroup.Stream stream(Call call) {
    return Optional.ofNullable(group(call).streams().get(call.parameters().text("logStreamName")))
        .orElseThrow(() -> missing("stream"));
  }

  static AwsException missing(String what) {
    return AwsException.of(
        "ResourceNotFoundException", "The specified log %s does not exist.".formatted(what));
  }

  static String arn(Call call, String group) {
    return call.arn("log-group:" + group);
  }

  /** Permission on a group; as in AWS, its ARN goes on with an empty stream. */
  Function<Call, Permission> onGroup(String action) {
    return call -> permission(call, action, "");
  }

  Function<Call, Permission> onStream(String action) {
    return call -> permission(call, action, call.parameters().text("logStreamName"));
  }

  private Permission permission(Call call, String action, String stream) {
    String group = call.parameters().text("logGroupName");
    return Permission.of(action, arn(call, group) + ":log-stream:" + stream)
        .withResourceTags(
            Optional.ofNullable(of(call).get(group)).map(LogGroup::tags).orElse(Map.of()));
  }

  static <T> Page<T> page(
      Call call, List<T> sorted, Function<T, String> key, Comparator<String> order) {
    try {
      return Page.of(
          sorted,
          key,
          order,
          call.parameters().optionalText("nextToken"),
          call.parameters().whole("limit", 50));
    } catch (IllegalArgumentException _) {
      throw LogsService.API.invalid("The specified nextToken is invalid.");
    }
  }
}
