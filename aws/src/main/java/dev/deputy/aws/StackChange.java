package dev.deputy.aws;

import dev.deputy.core.Account;
import java.util.List;
import java.util.Optional;

/**
 * What is to become of one stack.
 *
 * @param resources what CloudFormation says that it would do; empty where only outputs change, and
 *     for a stack that is made anew from the remains of a failed creation
 */
public record StackChange(
    String stack, Account account, String region, Action action, List<Resource> resources) {
  public StackChange {
    resources = List.copyOf(resources);
  }

  /** What is done with the stack. */
  public enum Action {
    /** It is as it is wanted. */
    NONE,
    CREATE,
    UPDATE,
    /** Its creation failed and was rolled back: what is left is deleted, and it is made again. */
    RECREATE,
    /** The configuration does not want it, or nothing is wanted any more. */
    DELETE
  }

  /** Whether anything is to be done. */
  public boolean isNeeded() {
    return action != Action.NONE;
  }

  /** What happens to a resource. */
  public enum Kind {
    ADD,
    /** Changed in place. */
    CHANGE,
    /** A new resource takes its place. */
    REPLACE,
    /** Perhaps a new resource takes its place: that depends on what is known only then. */
    MAY_REPLACE,
    REMOVE
  }

  /**
   * A resource of the stack that is changed.
   *
   * @param physicalId empty where it is not there yet
   * @param retained whether the removed or replaced one stays, outside of the stack
   */
  public record Resource(
      Kind kind,
      String logicalId,
      String physicalId,
      String type,
      boolean retained,
      List<Property> properties) {
    public Resource {
      properties = List.copyOf(properties);
    }
  }

  /**
   * A property that is changed.
   *
   * @param before empty where it was not there, or where CloudFormation does not say
   * @param after empty where it is not there afterwards, or where CloudFormation does not say
   */
  public record Property(String name, Optional<String> before, Optional<String> after) {}
}
