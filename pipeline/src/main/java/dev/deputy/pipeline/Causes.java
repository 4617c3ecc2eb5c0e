package dev.deputy.pipeline;

import dev.deputy.pipeline.InterruptionCause.Aborted;
import dev.deputy.pipeline.InterruptionCause.FailedBranch;
import dev.deputy.pipeline.InterruptionCause.Other;
import dev.deputy.pipeline.InterruptionCause.Rejected;
import dev.deputy.pipeline.InterruptionCause.Superseded;
import dev.deputy.pipeline.InterruptionCause.TimedOut;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Causes of interruptions and users as pipeline code sees them: Jenkins' names, nothing behind. */
final class Causes {
  private Causes() {}

  static void addTo(KnownTypes types) {
    for (Type type :
        List.of(
            Type.CAUSE,
            Type.USER_INTERRUPTION,
            Type.REJECTION,
            Type.EXCEEDED_TIMEOUT,
            Type.FAIL_FAST,
            Type.CANCELLED)) {
      types.methods(type).add("getShortDescription", 0, (c, _) -> in(c).description());
    }
    for (Type type : List.of(Type.USER_INTERRUPTION, Type.REJECTION)) {
      types
          .methods(type)
          .add("getUser", 0, (c, _) -> new KnownValue(Type.USER, user(c)))
          .add("getUserId", 0, (c, _) -> user(c));
    }
    types
        .statics(Type.USER_INTERRUPTION)
        .add("new", 1, (_, a) -> value(new Aborted(a.run().values().text(a.get(0)))));
    types
        .methods(Type.USER)
        .add("getId", 0, (u, _) -> u.content())
        .add("getFullName", 0, (u, _) -> u.content())
        .add("getDisplayName", 0, (u, _) -> u.content());
  }

  static KnownValue value(InterruptionCause cause) {
    Type type =
        switch (cause) {
          case Aborted _ -> Type.USER_INTERRUPTION;
          case Rejected _ -> Type.REJECTION;
          case TimedOut _ -> Type.EXCEEDED_TIMEOUT;
          case FailedBranch _ -> Type.FAIL_FAST;
          case Superseded _ -> Type.CANCELLED;
          case Other _ -> Type.CAUSE;
        };
    return new KnownValue(type, cause);
  }

  /**
   * {@code new FlowInterruptedException(result, causes)}, with or without saying in between whether
   * it is an interruption of the build, which {@code retry} does not try again after.
   */
  static PipelineException.Interrupted interruption(
      List<@Nullable Object> arguments, Values values) {
    if (arguments.isEmpty() || !(arguments.getFirst() instanceof String result)) {
      throw noConstructor(arguments, values);
    }
    boolean says = arguments.size() > 1 && arguments.get(1) instanceof Boolean;
    List<InterruptionCause> causes = new ArrayList<>();
    for (Object each : arguments.subList(says ? 2 : 1, arguments.size())) {
      for (Object cause : each instanceof List<?> several ? several : Instances.listOf(each)) {
        if (!(cause instanceof KnownValue known && known.type().is(Type.CAUSE))) {
          throw noConstructor(arguments, values);
        }
        causes.add(in(known));
      }
    }
    var interruption = new PipelineException.Interrupted(Globals.result(result), causes);
    return says && Boolean.FALSE.equals(arguments.get(1)) ? interruption.left() : interruption;
  }

  private static ScriptError noConstructor(List<@Nullable Object> arguments, Values values) {
    return ScriptError.of(
        Type.GROOVY_RUNTIME,
        "Could not find matching constructor for: "
            + Type.FLOW_INTERRUPTED.qualifiedName()
            + values.classNames(arguments));
  }

  private static InterruptionCause in(KnownValue value) {
    return (InterruptionCause) value.content();
  }

  private static String user(KnownValue value) {
    return switch (in(value)) {
      case Aborted(String by) -> by;
      case Rejected(String by) -> by;
      case TimedOut _, FailedBranch _, Superseded _, Other _ ->
          throw new IllegalArgumentException("there is no user in a " + value.type());
    };
  }
}
