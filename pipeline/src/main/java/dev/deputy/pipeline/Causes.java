package dev.deputy.pipeline;

import dev.deputy.pipeline.InterruptionCause.Aborted;
import dev.deputy.pipeline.InterruptionCause.FailedBranch;
import dev.deputy.pipeline.InterruptionCause.Other;
import dev.deputy.pipeline.InterruptionCause.Rejected;
import dev.deputy.pipeline.InterruptionCause.Superseded;
import dev.deputy.pipeline.InterruptionCause.TimedOut;
import java.util.List;

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
