package dev.deputy.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A stack: what it is to be, what has been made of it and what happened. Thread-safe. */
final class Stack {

  /** What a stack is to be. */
  record Plan(
      Template template,
      Map<String, String> given,
      Map<String, JsonNode> parameters,
      Map<String, String> tags,
      List<String> capabilities,
      Optional<String> token) {
    public Plan {
      given = Map.copyOf(given);
      tags = Map.copyOf(tags);
      capabilities = List.copyOf(capabilities);
    }

    /** The same plan in an operation with another client request token. */
    Plan with(Optional<String> otherToken) {
      return new Plan(template, given, parameters, tags, capabilities, otherToken);
    }
  }

  /**
   * A resource of the stack.
   *
   * @param made absent until it is made
   * @param properties as they were evaluated when it was made or changed
   */
  record Resource(
      Template.Resource declared,
      Optional<StackResourceType.Made> made,
      Parameters properties,
      String status,
      Optional<String> reason,
      Instant time) {
    String physicalId() {
      return made.map(StackResourceType.Made::physicalId).orElse("");
    }
  }

  /** An output; the export name is present for those that other stacks can import. */
  record Output(String key, String value, Optional<String> description, Optional<String> export) {}

  /** Something that happened to the stack or to one of its resources. */
  record Event(
      String id,
      Instant time,
      String logicalId,
      String physicalId,
      String type,
      String status,
      Optional<String> reason,
      Optional<String> token) {}

  /** A moment of the stack. */
  record View(
      Plan plan,
      String status,
      Optional<String> reason,
      Optional<Instant> updated,
      Optional<Instant> deleted,
      List<Resource> resources,
      List<Output> outputs) {}

  private final String id;
  private final String name;
  private final Instant created;
  private final Clock clock;
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Set<String> imports = new HashSet<>();
  private final List<ChangeSet> changeSets = new ArrayList<>();
  private Plan plan;
  private String status = "CREATE_IN_PROGRESS";
  private Optional<String> reason = Optional.empty();
  private Optional<Instant> updated = Optional.empty();
  private Optional<Instant> deleted = Optional.empty();
  private List<Output> outputs = List.of();

  Stack(String id, String name, Plan plan, Clock clock) {
    this.id = id;
    this.name = name;
    this.plan = plan;
    this.clock = clock;
    this.created = clock.instant();
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  Instant created() {
    return created;
  }

  synchronized View view() {
    return new View(
        plan, status, reason, updated, deleted, List.copyOf(resources.values()), outputs);
  }

  /** All events, the newest first. */
  synchronized List<Event> events() {
    return List.copyOf(events.reversed());
  }

  synchronized Optional<Resource> resource(String logicalId) {
    return Optional.ofNullable(resources.get(logicalId));
  }

  /** Follows another plan from now on. */
  synchronized void follow(Plan next) {
    plan = next;
  }

  /** Begins or ends an operation. */
  synchronized void status(String next, Optional<String> why) {
    status = next;
    reason = why;
    Instant now = clock.instant();
    if (next.startsWith("UPDATE_") && !next.contains("ROLLBACK")) {
      updated = Optional.of(now);
    }
    if (next.equals("DELETE_COMPLETE")) {
      deleted = Optional.of(now);
    }
    record(name, id, "AWS::CloudFormation::Stack", next, why);
  }

  /** Begins an operation, unless one is going on or the stack's state does not permit it. */
  synchronized boolean begin(String next, List<String> permitted, Plan followed) {
    if (!permitted.contains(status)) {
      return false;
    }
    plan = followed;
    status(next, Optional.of("User Initiated"));
    return true;
  }

  /** Notes what became of a resource. */
  synchronized void resource(
      Template.Resource declared,
      Optional<StackResourceType.Made> made,
      Parameters properties,
      String next,
      Optional<String> why) {
    Resource resource = new Resource(declared, made, properties, next, why, clock.instant());
    resources.put(declared.logicalId(), resource);
    record(declared.logicalId(), resource.physicalId(), declared.type(), next, why);
  }

  /** Notes what became of something that is not, or no longer, the resource of its name. */
  synchronized void event(Resource resource, String next, Optional<String> why) {
    record(
        resource.declared().logicalId(),
        resource.physicalId(),
        resource.declared().type(),
        next,
        why);
  }

  /** Notes that a resource stays as it is, by a perhaps changed declaration. */
  synchronized void keep(Template.Resource declared) {
    resources.computeIfPresent(
        declared.logicalId(),
        (_, r) -> new Resource(declared, r.made, r.properties, r.status, r.reason, r.time));
  }

  /** Notes that the stack uses what another one exports. */
  synchronized void imports(String export) {
    imports.add(export);
  }

  /** Whether the stack uses what another one exports, until it is deleted. */
  synchronized boolean isImporting(String export) {
    return deleted.isEmpty() && imports.contains(export);
  }

  /** Forgets a resource that left the stack. */
  synchronized void forget(String logicalId) {
    resources.remove(logicalId);
  }

  /** Adds a change set, unless there is one of its name. */
  synchronized boolean add(ChangeSet changeSet) {
    return changeSet(changeSet.name()).isEmpty() && changeSets.add(changeSet);
  }

  /** The change set that a name or an id means. */
  synchronized Optional<ChangeSet> changeSet(String nameOrId) {
    return changeSets.stream().filter(set -> isCalled(set, nameOrId)).findFirst();
  }

  synchronized List<ChangeSet> changeSets() {
    return List.copyOf(changeSets);
  }

  synchronized void drop(String nameOrId) {
    changeSets.removeIf(set -> isCalled(set, nameOrId));
  }

  synchronized void dropChangeSets() {
    changeSets.clear();
  }

  private static boolean isCalled(ChangeSet set, String nameOrId) {
    return set.name().equals(nameOrId) || set.id().equals(nameOrId);
  }

  synchronized void outputs(List<Output> next) {
    outputs = List.copyOf(next);
  }

  private void record(
      String logicalId, String physicalId, String type, String next, Optional<String> why) {
    events.add(
        new Event(
            UUID.randomUUID().toString(),
            clock.instant(),
            logicalId,
            physicalId,
            type,
            next,
            why,
            plan.token()));
  }
}
