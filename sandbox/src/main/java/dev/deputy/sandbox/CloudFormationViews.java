package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.oneOf;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** CloudFormation's actions that only look. */
final class CloudFormationViews {
  private static final int PAGE = 100;

  private final Regional<Stacks> stacks;

  CloudFormationViews(Regional<Stacks> stacks) {
    this.stacks = stacks;
  }

  List<Action> actions(Shape.Field stack, Shape.Field next, Shape.Field body) {
    Shape.Field logicalId = need("LogicalResourceId", text());
    return List.of(
        Action.read(
            "DescribeStacks",
            structure(may("StackName", text(1, 2048)), next),
            CloudFormationService.onStack("cloudformation:DescribeStacks"),
            this::describeStacks),
        Action.read(
            "DescribeStackEvents",
            structure(stack, next),
            CloudFormationService.onStack("cloudformation:DescribeStackEvents"),
            this::describeEvents),
        Action.read(
            "DescribeStackResources",
            structure(stack, may("LogicalResourceId", text())),
            CloudFormationService.onStack("cloudformation:DescribeStackResources"),
            this::describeResources),
        Action.read(
            "DescribeStackResource",
            structure(stack, logicalId),
            CloudFormationService.onStack("cloudformation:DescribeStackResource"),
            this::describeResource),
        Action.read(
            "ListStacks",
            structure(may("StackStatusFilter", list(text())), next),
            _ -> Permission.of("cloudformation:ListStacks", "*"),
            this::listStacks),
        Action.read(
            "ListExports",
            structure(next),
            _ -> Permission.of("cloudformation:ListExports", "*"),
            this::listExports),
        Action.read(
            "GetTemplate",
            structure(stack, may("TemplateStage", oneOf("Original", "Processed"))),
            CloudFormationService.onStack("cloudformation:GetTemplate"),
            this::template),
        Action.read(
            "ValidateTemplate",
            structure(body),
            _ -> Permission.of("cloudformation:ValidateTemplate", "*"),
            CloudFormationViews::validate));
  }

  /**
   * The stack that a call names, also a deleted one when it is named by its id.
   *
   * @throws AwsException when there is none
   */
  static Stack existing(Call call, Stacks stacks) {
    String name = call.parameters().text("StackName");
    return stacks
        .find(name)
        .orElseThrow(() -> call.api().invalid("Stack with id " + name + " does not exist"));
  }

  private ObjectNode describeStacks(Call call) {
    List<Stack> asked =
        call.parameters().has("StackName")
            ? List.of(existing(call, stacks.of(call)))
            : stacks.of(call).all().stream()
                .filter(stack -> stack.view().deleted().isEmpty())
                .toList();
    ObjectNode answer = Call.object();
    ArrayNode list = answer.putArray("Stacks");
    page(call, asked, answer).forEach(stack -> list.add(describe(stack)));
    return answer;
  }

  private static ObjectNode describe(Stack stack) {
    Stack.View view = stack.view();
    ObjectNode json = summary(stack, view);
    ArrayNode parameters = json.putArray("Parameters");
    view.plan()
        .template()
        .parameters()
        .forEach((name, parameter) ->
            parameters
                .addObject()
                .put("ParameterKey", name)
                .put("ParameterValue", shown(parameter, view.plan())));
    ArrayNode capabilities = json.putArray("Capabilities");
    view.plan().capabilities().forEach(capabilities::add);
    ArrayNode outputs = json.putArray("Outputs");
    for (Stack.Output output : view.outputs()) {
      ObjectNode entry =
          outputs.addObject().put("OutputKey", output.key()).put("OutputValue", output.value());
      output.description().ifPresent(text -> entry.put("Description", text));
      output.export().ifPresent(name -> entry.put("ExportName", name));
    }
    StackContext.putTags(json, "Tags", "Key", "Value", view.plan().tags());
    json.put("DisableRollback", false);
    json.put("EnableTerminationProtection", false);
    return json;
  }

  /** The value of a parameter, as everybody may see it. */
  static String shown(TemplateParameter parameter, Stack.Plan plan) {
    return parameter.noEcho()
        ? "****"
        : plan.given().getOrDefault(parameter.name(), String.valueOf(parameter.defaultValue()));
  }

  private static ObjectNode summary(Stack stack, Stack.View view) {
    ObjectNode json =
        Call.object()
            .put("StackId", stack.id())
            .put("StackName", stack.name())
            .put("CreationTime", time(stack.created()))
            .put("StackStatus", view.status());
    String description = view.plan().template().description();
    if (description != null) {
      json.put("Description", description);
    }
    view.updated().ifPresent(time -> json.put("LastUpdatedTime", time(time)));
    view.deleted().ifPresent(time -> json.put("DeletionTime", time(time)));
    view.reason().ifPresent(reason -> json.put("StackStatusReason", reason));
    return json;
  }

  private ObjectNode listStacks(Call call) {
    Set<String> statuses = Set.copyOf(call.parameters().texts("StackStatusFilter"));
    List<Stack> asked =
        stacks.of(call).all().stream()
            .filter(stack -> statuses.isEmpty() || statuses.contains(stack.view().status()))
            .toList();
    ObjectNode answer = Call.object();
    ArrayNode list = answer.putArray("StackSummaries");
    page(call, asked, answer)
        .forEach(stack -> {
          ObjectNode json = summary(stack, stack.view());
          json.remove("Description");
          String description = stack.view().plan().template().description();
          list.add(description == null ? json : json.put("TemplateDescription", description));
        });
    return answer;
  }

  private ObjectNode listExports(Call call) {
    List<ObjectNode> exports = new ArrayList<>();
    for (Stack stack : stacks.of(call).all()) {
      Stack.View view = stack.view();
      if (view.deleted().isEmpty()) {
        for (Stack.Output output : view.outputs()) {
          output
              .export()
              .ifPresent(name ->
                  exports.add(
                      Call.object()
                          .put("ExportingStackId", stack.id())
                          .put("Name", name)
                          .put("Value", output.value())));
        }
      }
    }
    ObjectNode answer = Call.object();
    ArrayNode list = answer.putArray("Exports");
    page(call, exports, answer).forEach(list::add);
    return answer;
  }

  private ObjectNode describeEvents(Call call) {
    Stack stack = existing(call, stacks.of(call));
    ObjectNode answer = Call.object();
    ArrayNode list = answer.putArray("StackEvents");
    for (Stack.Event event : page(call, stack.events(), answer)) {
      ObjectNode json =
          list.addObject()
              .put("EventId", event.id())
              .put("StackId", stack.id())
              .put("StackName", stack.name())
              .put("LogicalResourceId", event.logicalId())
              .put("PhysicalResourceId", event.physicalId())
              .put("ResourceType", event.type())
              .put("Timestamp", time(event.time()))
              .put("ResourceStatus", event.status());
      event.reason().ifPresent(reason -> json.put("ResourceStatusReason", reason));
      event.token().ifPresent(token -> json.put("ClientRequestToken", token));
    }
    return answer;
  }

  private ObjectNode describeResources(Call call) {
    Stack stack = existing(call, stacks.of(call));
    Optional<String> only = call.parameters().optionalText("LogicalResourceId");
    ObjectNode answer = Call.object();
    ArrayNode list = answer.putArray("StackResources");
    stack.view().resources().stream()
        .filter(r -> only.isEmpty() || only.get().equals(r.declared().logicalId()))
        .forEach(r -> list.add(json(stack, r).put("Timestamp", time(r.time()))));
    return answer;
  }

  private ObjectNode describeResource(Call call) {
    Stack stack = existing(call, stacks.of(call));
    String logicalId = call.parameters().text("LogicalResourceId");
    Stack.Resource resource =
        stack
            .resource(logicalId)
            .orElseThrow(() ->
                call.api()
                    .invalid(
                        "Resource %s does not exist for stack %s"
                            .formatted(logicalId, stack.name())));
    ObjectNode answer = Call.object();
    answer.set(
        "StackResourceDetail",
        json(stack, resource).put("LastUpdatedTimestamp", time(resource.time())));
    return answer;
  }

  private static ObjectNode json(Stack stack, Stack.Resource resource) {
    ObjectNode json =
        Call.object()
            .put("StackId", stack.id())
            .put("StackName", stack.name())
            .put("LogicalResourceId", resource.declared().logicalId())
            .put("PhysicalResourceId", resource.physicalId())
            .put("ResourceType", resource.declared().type())
            .put("ResourceStatus", resource.status());
    resource.reason().ifPresent(reason -> json.put("ResourceStatusReason", reason));
    return json;
  }

  private ObjectNode template(Call call) {
    Stack stack = existing(call, stacks.of(call));
    ObjectNode answer = Call.object();
    answer.putArray("StagesAvailable").add("Original").add("Processed");
    return answer.put("TemplateBody", stack.view().plan().template().body());
  }

  private static ObjectNode validate(Call call) {
    Template template;
    try {
      template =
          StackResourceTypes.check(
              call.parameters()
                  .optionalText("TemplateBody")
                  .orElseThrow(() ->
                      new TemplateException(
                          "Either Template URL or Template Body must be specified.")));
    } catch (TemplateException refusal) {
      throw call.api().invalid(refusal.text());
    }
    ObjectNode answer = Call.object();
    ArrayNode parameters = answer.putArray("Parameters");
    template
        .parameters()
        .forEach((name, parameter) -> {
          ObjectNode json =
              parameters.addObject().put("ParameterKey", name).put("NoEcho", parameter.noEcho());
          Optional.ofNullable(parameter.defaultValue())
              .ifPresent(value -> json.put("DefaultValue", value));
          Optional.ofNullable(parameter.detail("Description"))
              .ifPresent(value -> json.put("Description", value));
        });
    Optional.ofNullable(template.description())
        .ifPresent(value -> answer.put("Description", value));
    Set<String> capabilities = StackResourceTypes.capabilities(template);
    if (!capabilities.isEmpty()) {
      ArrayNode list = answer.putArray("Capabilities");
      capabilities.forEach(list::add);
      answer.put(
          "CapabilitiesReason", "The following resource(s) require capabilities: [AWS::IAM]");
    }
    return answer;
  }

  /** One page of a list; the token is where the next one begins. */
  static <T> List<T> page(Call call, List<T> all, ObjectNode answer) {
    String token = call.parameters().text("NextToken", "0");
    if (!token.matches("[0-9]{1,9}") || Integer.parseInt(token) > all.size()) {
      throw call.api().invalid("The NextToken is not valid.");
    }
    int from = Integer.parseInt(token);
    int to = Math.min(from + PAGE, all.size());
    if (to < all.size()) {
      answer.put("NextToken", Integer.toString(to));
    }
    return all.subList(from, to);
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
