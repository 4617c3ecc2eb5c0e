package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.flag;
import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.oneOf;
import static dev.deputy.sandbox.Shape.secret;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * CloudFormation. Stacks are made in the background, by calls to the other services in the name of
 * the caller.
 */
final class CloudFormationService implements Service {
  private static final Api API =
      new Api("cloudformation", Protocol.QUERY, "2010-05-15", List.of(), "ValidationError");

  private static final Shape.Field NAME = need("StackName", text(1, 128, "[a-zA-Z][-a-zA-Z0-9]*"));
  private static final Shape.Field NAME_OR_ID = need("StackName", text(1, 2048));
  private static final Shape.Field BODY = may("TemplateBody", text(1, 1 << 20));
  private static final Shape.Field TOKEN =
      may("ClientRequestToken", text(1, 128, "[a-zA-Z0-9][-a-zA-Z0-9]*"));
  private static final Shape.Field NEXT = may("NextToken", text(1, 1024));
  private static final Shape.Field CAPABILITIES =
      may(
          "Capabilities",
          list(oneOf("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND")));
  private static final Shape.Field PARAMETERS =
      may(
          "Parameters",
          list(
              structure(
                  need("ParameterKey", text()),
                  may("ParameterValue", secret(0, 4096)),
                  may("UsePreviousValue", flag())),
              0,
              200));
  private static final Shape.Field TAGS =
      may("Tags", list(structure(need("Key", text(1, 128)), need("Value", text(1, 256))), 0, 50));

  /** The states in which a stack can be changed. */
  static final List<String> UPDATABLE =
      List.of("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE");

  private static final List<String> DELETABLE =
      List.of(
          "CREATE_COMPLETE",
          "CREATE_FAILED",
          "DELETE_FAILED",
          "REVIEW_IN_PROGRESS",
          "ROLLBACK_COMPLETE",
          "ROLLBACK_FAILED",
          "UPDATE_COMPLETE",
          "UPDATE_ROLLBACK_COMPLETE",
          "UPDATE_ROLLBACK_FAILED");

  private final Regional<Stacks> stacks = new Regional<>(Stacks::new);
  private final CloudFormationViews views = new CloudFormationViews(stacks);
  private final CloudFormationChangeSets changeSets;
  private final Dispatcher dispatcher;
  private final Clock clock;

  CloudFormationService(Dispatcher dispatcher, Clock clock) {
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.changeSets = new CloudFormationChangeSets(stacks, clock, this::start);
  }

  @Override
  public Api api() {
    return API;
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>(changes());
    actions.addAll(views.actions(NAME_OR_ID, NEXT, BODY));
    actions.addAll(
        changeSets.actions(NAME_OR_ID, NEXT, TOKEN, BODY, PARAMETERS, CAPABILITIES, TAGS));
    return actions;
  }

  private List<Action> changes() {
    return List.of(
        Action.write(
            "CreateStack",
            structure(
                NAME,
                BODY,
                PARAMETERS,
                CAPABILITIES,
                TAGS,
                TOKEN,
                may("OnFailure", oneOf("DO_NOTHING", "ROLLBACK", "DELETE")),
                may("DisableRollback", flag()),
                may("EnableTerminationProtection", oneOf("false")),
                may("TimeoutInMinutes", whole(1, 43_200))),
            onStack("cloudformation:CreateStack"),
            this::create),
        Action.write(
            "UpdateStack",
            structure(
                NAME_OR_ID,
                BODY,
                may("UsePreviousTemplate", flag()),
                PARAMETERS,
                CAPABILITIES,
                TAGS,
                TOKEN),
            onStack("cloudformation:UpdateStack"),
            this::update),
        Action.write(
            "DeleteStack",
            structure(NAME_OR_ID, TOKEN),
            onStack("cloudformation:DeleteStack"),
            this::delete));
  }

  /** The permission for an action on the stack that a call names. */
  static Function<Call, Permission> onStack(String action) {
    return call -> {
      String stack = call.parameters().text("StackName", "");
      if (stack.isEmpty()) {
        return Permission.of(action, "*");
      }
      String arn = stack.startsWith("arn:") ? stack : call.arn("stack/" + stack + "/*");
      return Permission.of(action, arn)
          .withRequestTags(Call.tags(call.parameters().list("Tags"), "Key", "Value"));
    };
  }

  private ObjectNode create(Call call) {
    Parameters request = call.parameters();
    if (request.has("OnFailure") && request.has("DisableRollback")) {
      throw call.api().invalid("You can specify only one of DisableRollback and OnFailure.");
    }
    StackOperation.OnFailure onFailure =
        request.flag("DisableRollback", false)
            ? StackOperation.OnFailure.DO_NOTHING
            : StackOperation.OnFailure.valueOf(request.text("OnFailure", "ROLLBACK"));
    Stack.Plan plan = StackPlans.create(call);
    String name = request.text("StackName");
    String id = call.arn("stack/" + name + "/" + UUID.randomUUID());
    Stack fresh = new Stack(id, name, plan, clock);
    Stack stack = stacks.of(call).add(fresh);
    if (stack != fresh) {
      Optional<String> token = stack.view().plan().token();
      if (token.isPresent() && token.equals(plan.token())) {
        return answer(stack);
      }
      throw AwsException.of("AlreadyExistsException", "Stack [" + name + "] already exists");
    }
    stack.status("CREATE_IN_PROGRESS", Optional.of("User Initiated"));
    start(call, stack, operation -> operation.create(onFailure));
    return answer(stack);
  }

  private ObjectNode update(Call call) {
    Stack stack = CloudFormationViews.existing(call, stacks.of(call));
    Stack.Plan before = stack.view().plan();
    Stack.Plan plan = StackPlans.update(call, before);
    if (!stack.begin("UPDATE_IN_PROGRESS", UPDATABLE, plan)) {
      throw inState(call, stack, "can not be updated.");
    }
    start(call, stack, operation -> operation.update(before));
    return answer(stack);
  }

  private ObjectNode delete(Call call) {
    Optional<Stack> found = stacks.of(call).find(call.parameters().text("StackName"));
    if (found.isPresent() && found.get().view().deleted().isEmpty()) {
      Stack stack = found.get();
      Stack.Plan plan =
          stack.view().plan().with(call.parameters().optionalText("ClientRequestToken"));
      if (stack.begin("DELETE_IN_PROGRESS", DELETABLE, plan)) {
        start(call, stack, StackOperation::delete);
      } else if (!stack.view().status().equals("DELETE_IN_PROGRESS")) {
        throw inState(call, stack, "cannot be deleted while it is being changed.");
      }
    }
    return Call.object();
  }

  static AwsException inState(Call call, Stack stack, String what) {
    return call.api()
        .invalid(
            "Stack:%s is in %s state and %s".formatted(stack.id(), stack.view().status(), what));
  }

  private void start(Call call, Stack stack, Consumer<StackOperation> operation) {
    call.touches("AWS::CloudFormation::Stack", stack.id());
    StackContext context =
        new StackContext(
            dispatcher,
            call.caller().via(API.eventSource()),
            stack.name(),
            stack.view().plan().tags());
    StackOperation prepared = new StackOperation(stack, stacks.of(call), context);
    Thread.ofVirtual().name("stack-" + stack.name()).start(() -> operation.accept(prepared));
  }

  private static ObjectNode answer(Stack stack) {
    return Call.object().put("StackId", stack.id());
  }
}
