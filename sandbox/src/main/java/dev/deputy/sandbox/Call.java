package dev.deputy.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One call of one action, while it is being handled. Confined to the handling thread. */
final class Call {
  /** What is being called: by whom, with which parameters, and when it arrived. */
  record Asked(
      Api api,
      Caller caller,
      Parameters parameters,
      boolean understood,
      String requestId,
      Instant time) {}

  /** A resource that the call touched, as CloudTrail lists it. */
  record Touched(String type, String name) {}

  private final Dispatcher dispatcher;
  private final Asked asked;
  private final List<Touched> touched = new ArrayList<>();
  private final Set<String> otherAccounts = new LinkedHashSet<>();

  Call(Dispatcher dispatcher, Asked asked) {
    this.dispatcher = dispatcher;
    this.asked = asked;
  }

  Api api() {
    return asked.api();
  }

  Caller caller() {
    return asked.caller();
  }

  String account() {
    return caller().account();
  }

  String region() {
    return caller().region();
  }

  Parameters parameters() {
    return asked.parameters();
  }

  /** Whether the parameters fit the shape that the action declares. */
  boolean understood() {
    return asked.understood();
  }

  String requestId() {
    return asked.requestId();
  }

  /** When the call arrived. */
  Instant time() {
    return asked.time();
  }

  /** The ARN of something of this service in the caller's account and region. */
  String arn(String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(api().name(), region(), account(), resource);
  }

  /**
   * Insists that the caller may do something besides what its action declares, such as {@code
   * iam:PassRole}.
   *
   * @throws AwsException in this service's form, when it may not
   */
  void require(Permission permission) {
    dispatcher
        .authorizer()
        .denial(caller(), permission, time())
        .ifPresent(message -> {
          throw api().protocol().denied(message);
        });
  }

  /** Calls another service as this caller, recorded and authorised like a request from outside. */
  ObjectNode invoke(String service, String action, ObjectNode parameters) {
    return dispatcher.invoke(caller().via(api().eventSource()), service, action, parameters);
  }

  /**
   * Notes a resource for the CloudTrail event, by type ({@code AWS::IAM::Role}) and name or ARN.
   */
  void touches(String type, String name) {
    touched.add(new Touched(type, name));
  }

  List<Touched> touched() {
    return List.copyOf(touched);
  }

  /** Has the event recorded in another account too, as AWS does for the owner of a resource. */
  void alsoRecordedIn(String account) {
    if (!account.equals(account())) {
      otherAccounts.add(account);
    }
  }

  Set<String> otherAccounts() {
    return Set.copyOf(otherAccounts);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The usual shape of tags: a list of key and value. */
  static Map<String, String> tags(List<Parameters> list, String key, String value) {
    Map<String, String> tags = new LinkedHashMap<>();
    list.forEach(tag -> tags.put(tag.text(key), tag.text(value, "")));
    return tags;
  }
}
