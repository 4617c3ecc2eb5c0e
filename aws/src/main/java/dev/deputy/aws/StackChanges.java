package dev.deputy.aws;

import dev.deputy.aws.StackChange.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;
import software.amazon.awssdk.services.cloudformation.model.ResourceTargetDefinition;

/** Reads what CloudFormation says that it would do. */
final class StackChanges {
  private StackChanges() {}

  /** All changes of a change set, of which one page was read. */
  static List<StackChange.Resource> of(
      CloudFormationClient cloudFormation, DescribeChangeSetResponse first) {
    List<Change> changes = new ArrayList<>(first.changes());
    DescribeChangeSetResponse page = first;
    while (page.nextToken() != null) {
      String next = page.nextToken();
      page =
          cloudFormation.describeChangeSet(call ->
              call.stackName(first.stackName())
                  .changeSetName(first.changeSetName())
                  .includePropertyValues(true)
                  .nextToken(next));
      changes.addAll(page.changes());
    }
    return changes.stream()
        .map(Change::resourceChange)
        .filter(Objects::nonNull)
        .map(StackChanges::resource)
        .toList();
  }

  /** What the deletion of a stack would remove. */
  static List<StackChange.Resource> removals(CloudFormationClient cloudFormation, String stack) {
    return cloudFormation
        .describeStackResources(call -> call.stackName(stack))
        .stackResources()
        .stream()
        .filter(resource -> !resource.resourceStatusAsString().equals("DELETE_COMPLETE"))
        .map(resource ->
            new StackChange.Resource(
                Kind.REMOVE,
                resource.logicalResourceId(),
                Objects.requireNonNullElse(resource.physicalResourceId(), ""),
                resource.resourceType(),
                false,
                List.of()))
        .toList();
  }

  private static StackChange.Resource resource(ResourceChange change) {
    return new StackChange.Resource(
        kind(change),
        change.logicalResourceId(),
        Objects.requireNonNullElse(change.physicalResourceId(), ""),
        change.resourceType(),
        String.valueOf(change.policyActionAsString()).endsWith("Retain"),
        properties(change));
  }

  /** What Deputy's templates can not cause, such as an import, is told as a change. */
  private static Kind kind(ResourceChange change) {
    return switch (change.actionAsString()) {
      case "Add" -> Kind.ADD;
      case "Remove" -> Kind.REMOVE;
      default ->
          switch (String.valueOf(change.replacementAsString())) {
            case "True" -> Kind.REPLACE;
            case "Conditional" -> Kind.MAY_REPLACE;
            default -> Kind.CHANGE;
          };
    };
  }

  /** One of each name: CloudFormation gives several reasons for one property. */
  private static List<StackChange.Property> properties(ResourceChange change) {
    Map<String, StackChange.Property> byName = new LinkedHashMap<>();
    for (ResourceChangeDetail detail : change.details()) {
      ResourceTargetDefinition target = detail.target();
      if (target != null) {
        String name =
            target.path() != null
                ? target.path().replaceFirst("^/Properties/", "")
                : Objects.requireNonNullElse(target.name(), target.attributeAsString());
        byName.putIfAbsent(
            name,
            new StackChange.Property(
                name,
                Optional.ofNullable(target.beforeValue()),
                Optional.ofNullable(target.afterValue())));
      }
    }
    return List.copyOf(byName.values());
  }
}
