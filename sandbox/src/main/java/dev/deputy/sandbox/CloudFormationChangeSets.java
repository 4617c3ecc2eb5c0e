package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.flag;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.oneOf;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** CloudFormation's change sets: shown before they are executed. They are made at once. */
final class CloudFormationChangeSets {
  private static final String NO_CHANGES =
      "The submitted information didn't contain changes. Submit different information to create a"
          + " change set.";
  private static final String CREATE = "CREATE";
  private static final String REVIEW = "REVIEW_IN_PROGRESS";

  /** Begins an operation on a stack in the background. */
  interface Starter {
    void start(Call call, Stack stack, Consumer<StackOperation> operation);
  }

  private final Regional<Stacks> stacks;
  private final Clock clock;
  private final Starter starter;

  CloudFormationChangeSets(Regional<Stacks> stacks, Clock clock, Starter starter) {
    this.stacks = stacks;
    this.clock = clock;
    this.starter = starter;
  }

  /**
   * @param plan what a stack is to be: its template, parameters, capabilities and tags
   */
  List<Action> actions(
      Shape.Field stack, Shape.Field next, Shape.Field token, Shape.Field... plan) {
    Shape.Field nameOrId = need("ChangeSetName", text(1, 1600));
    List<Shape.Field> creation = new ArrayList<>(List.of(plan));
    creation.add(stack);
    creation.add(need("ChangeSetName", text(1, 128, "[a-zA-Z][-a-zA-Z0-9]*")));
    creation.add(may("ChangeSetType", oneOf(CREATE, "UPDATE")));
    creation.add(may("Description", text(1, 1024)));
    creation.add(may("UsePreviousTemplate", flag()));
    return List.of(
        Action.write(
            "CreateChangeSet",
            structure(creation.toArray(Shape.Field[]::new)),
            CloudFormationService.onStack("cloudformation:CreateChangeSet"),
            this::create),
        Action.read(
            "DescribeChangeSet",
            structure(stack, nameOrId, may("IncludePropertyValues", flag()), next),
            CloudFormationService.onStack("cloudformation:DescribeChangeSet"),
            this::describe),
        Action.read(
            "ListChangeSets",
            structure(stack, next),
            CloudFormationService.onStack("cloudformation:ListChangeSets"),
            this::list),
        Action.write(
            "ExecuteChangeSet",
            structure(stack, nameOrId, token),
            CloudFormationService.onStack("cloudformation:ExecuteChangeSet"),
            this::execute),
        Action.write(
            "DeleteChangeSet",
            structure(stack, nameOrId),
            CloudFormationService.onStack("cloudformation:DeleteChangeSet"),
            this::delete));
  }

  private ObjectNode create(Call call) {
    Parameters request = call.parameters();
    boolean creates = request.text("ChangeSetType", "UPDATE").equals(CREATE);
    Stack stack = creates ? reviewed(call) : updatable(call);
    Stack.Plan before = stack.view().plan();
    Stack.Plan plan = creates ? StackPlans.create(call) : StackPlans.changed(call, before);
    String name = request.text("ChangeSetName");
    ChangeSet changeSet =
        changeSet(
            call,
            new ChangeSet(
                call.arn("changeSet/" + name + "/" + UUID.randomUUID()),
                name,
                clock.instant(),
                request.optionalText("Description"),
                creates,
                before,
                plan,
                List.of(),
                Optional.empty()),
            stack);
    if (!stack.add(changeSet)) {
      throw AwsException.of("AlreadyExistsException", "ChangeSet [" + name + "] already exists");
    }
    call.touches("AWS::CloudFormation::Stack", stack.id());
    return Call.object().put("Id", changeSet.id()).put("StackId", stack.id());
  }

  private ChangeSet changeSet(Call call, ChangeSet asked, Stack stack) {
    List<ChangeSet.Change> changes = List.of();
    Optional<String> failure = Optional.empty();
    try {
      StackDifferences differences =
          new StackDifferences(stack, stacks.of(call), asked.plan(), call.caller());
      changes = differences.changes();
      if (changes.isEmpty() && differences.keepsOutputs()) {
        failure = Optional.of(NO_CHANGES);
      }
    } catch (TemplateException refusal) {
      failure = Optional.of(refusal.text());
    }
    return new ChangeSet(
        asked.id(),
        asked.name(),
        asked.created(),
        asked.description(),
        asked.creates(),
        asked.before(),
        asked.plan(),
        changes,
        failure);
  }

  /** The stack that is to be made: it is there with nothing in it. */
  private Stack reviewed(Call call) {
    String name = call.parameters().text("StackName");
    Stack fresh =
        new Stack(
            call.arn("stack/" + name + "/" + UUID.randomUUID()),
            name,
            StackPlans.create(call),
            clock);
    Stack stack = stacks.of(call).add(fresh);
    if (stack == fresh) {
      stack.status(REVIEW, Optional.of("User Initiated"));
    } else if (!stack.view().status().equals(REVIEW)) {
      throw call.api()
          .invalid(
              "Stack [%s] already exists and cannot be created again with the changeSet [%s]."
                  .formatted(name, call.parameters().text("ChangeSetName")));
    }
    return stack;
  }

  private Stack updatable(Call call) {
    String name = call.parameters().text("StackName");
    Stack stack =
        stacks
            .of(call)
            .find(name)
            .filter(found -> found.view().deleted().isEmpty())
            .orElseThrow(() -> call.api().invalid("Stack [" + name + "] does not exist"));
    if (!CloudFormationService.UPDATABLE.contains(stack.view().status())) {
      throw CloudFormationService.inState(call, stack, "can not be updated.");
    }
    return stack;
  }

  private ObjectNode describe(Call call) {
    Stack stack = CloudFormationViews.existing(call, stacks.of(call));
    ChangeSet changeSet = existing(call, stack);
    boolean values = call.parameters().flag("IncludePropertyValues", false);
    ObjectNode answer = summary(stack, changeSet);
    ArrayNode parameters = answer.putArray("Parameters");
    Stack.Plan plan = changeSet.plan();
    for (TemplateParameter parameter : plan.template().parameters().values()) {
      parameters
          .addObject()
          .put("ParameterKey", parameter.name())
          .put("ParameterValue", CloudFormationViews.shown(parameter, plan));
    }
    ArrayNode capabilities = answer.putArray("Capabilities");
    plan.capabilities().forEach(capabilities::add);
    StackContext.putTags(answer, "Tags", "Key", "Value", plan.tags());
    ArrayNode changes = answer.putArray("Changes");
    CloudFormationViews.page(call, changeSet.changes(), answer)
        .forEach(change -> changes.add(json(change, values)));
    return answer;
  }

  private static ObjectNode summary(Stack stack, ChangeSet changeSet) {
    ObjectNode json =
        Call.object()
            .put("ChangeSetId", changeSet.id())
            .put("ChangeSetName", changeSet.name())
            .put("StackId", stack.id())
            .put("StackName", stack.name())
            .put("CreationTime", CloudFormationViews.time(changeSet.created()))
            .put("Status", changeSet.failure().isEmpty() ? "CREATE_COMPLETE" : "FAILED")
            .put("ExecutionStatus", executionStatus(stack, changeSet))
            .put("IncludeNestedStacks", false);
    changeSet.failure().ifPresent(reason -> json.put("StatusReason", reason));
    changeSet.description().ifPresent(text -> json.put("Description", text));
    return json;
  }

  private static String executionStatus(Stack stack, ChangeSet changeSet) {
    if (changeSet.failure().isPresent()) {
      return "UNAVAILABLE";
    }
    return stack.view().plan().equals(changeSet.before()) ? "AVAILABLE" : "OBSOLETE";
  }

  private static ObjectNode json(ChangeSet.Change change, boolean values) {
    ObjectNode json = Call.object().put("Type", "Resource");
    ObjectNode resource = json.putObject("ResourceChange");
    resource.put("Action", change.kind().text());
    resource.put("LogicalResourceId", change.logicalId());
    if (!change.physicalId().isEmpty()) {
      resource.put("PhysicalResourceId", change.physicalId());
    }
    resource.put("ResourceType", change.type());
    change.policyAction().ifPresent(action -> resource.put("PolicyAction", action));
    if (change.kind() == ChangeSet.Kind.MODIFY) {
      resource.put("Replacement", change.replacement().text());
      resource.putArray("Scope").add("Properties");
      ArrayNode details = resource.putArray("Details");
      for (ChangeSet.Property property : change.properties()) {
        ObjectNode detail = details.addObject();
        detail.put("Evaluation", property.isKnown() ? "Static" : "Dynamic");
        detail.put("ChangeSource", "DirectModification");
        ObjectNode target = detail.putObject("Target");
        target.put("Attribute", "Properties").put("Name", property.name());
        target.put("RequiresRecreation", property.replacement().recreation());
        if (values) {
          property.before().ifPresent(value -> target.put("BeforeValue", value));
          property.after().ifPresent(value -> target.put("AfterValue", value));
        }
      }
    }
    return json;
  }

  private ObjectNode list(Call call) {
    Stack stack = CloudFormationViews.existing(call, stacks.of(call));
    ObjectNode answer = Call.object();
    ArrayNode summaries = answer.putArray("Summaries");
    CloudFormationViews.page(call, stack.changeSets(), answer)
        .forEach(changeSet -> summaries.add(summary(stack, changeSet)));
    return answer;
  }

  private ObjectNode execute(Call call) {
    Stack stack = CloudFormationViews.existing(call, stacks.of(call));
    ChangeSet changeSet = existing(call, stack);
    String status = executionStatus(stack, changeSet);
    if (!status.equals("AVAILABLE")) {
      throw AwsException.of(
          "InvalidChangeSetStatus",
          "ChangeSet [%s] cannot be executed in its current execution status of [%s]"
              .formatted(changeSet.id(), status));
    }
    Stack.Plan before = changeSet.before();
    Stack.Plan plan = changeSet.plan().with(call.parameters().optionalText("ClientRequestToken"));
    boolean begun =
        changeSet.creates()
            ? stack.begin("CREATE_IN_PROGRESS", List.of(REVIEW), plan)
            : stack.begin("UPDATE_IN_PROGRESS", CloudFormationService.UPDATABLE, plan);
    if (!begun) {
      throw CloudFormationService.inState(call, stack, "can not be updated.");
    }
    stack.dropChangeSets();
    starter.start(
        call,
        stack,
        operation -> {
          if (changeSet.creates()) {
            operation.create(StackOperation.OnFailure.ROLLBACK);
          } else {
            operation.update(before);
          }
        });
    return Call.object();
  }

  private ObjectNode delete(Call call) {
    Optional<Stack> stack = stacks.of(call).find(call.parameters().text("StackName"));
    stack.ifPresent(found -> found.drop(call.parameters().text("ChangeSetName")));
    return Call.object();
  }

  private static ChangeSet existing(Call call, Stack stack) {
    String name = call.parameters().text("ChangeSetName");
    return stack
        .changeSet(name)
        .orElseThrow(() ->
            new AwsException("ChangeSetNotFound", 404, "ChangeSet [" + name + "] does not exist"));
  }
}
