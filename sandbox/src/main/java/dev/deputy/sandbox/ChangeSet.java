package dev.deputy.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a stack would become.
 *
 * @param creates whether the stack is made by it
 * @param before what the stack was to be when the change set was made; it can not be executed once
 *     that is something else
 * @param failure why it can not be executed; empty when it can
 */
record ChangeSet(
    String id,
    String name,
    Instant created,
    Optional<String> description,
    boolean creates,
    Stack.Plan before,
    Stack.Plan plan,
    List<Change> changes,
    Optional<String> failure) {
  ChangeSet {
    changes = List.copyOf(changes);
  }

  /** What happens to a resource. */
  enum Kind {
    ADD("Add"),
    MODIFY("Modify"),
    REMOVE("Remove");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** Whether a change makes a new resource in the place of the old one. */
  enum Replacement {
    FALSE("False", "Never"),
    /** That depends on what is known only afterwards. */
    CONDITIONAL("Conditional", "Conditionally"),
    TRUE("True", "Always");

    private final String text;
    private final String recreation;

    Replacement(String text, String recreation) {
      this.text = text;
      this.recreation = recreation;
    }

    String text() {
      return text;
    }

    String recreation() {
      return recreation;
    }
  }

  /**
   * One resource that becomes another one, or comes, or goes.
   *
   * @param physicalId empty for what is not there yet
   * @param policyAction what its removal or replacement does to it
   */
  record Change(
      Kind kind,
      String logicalId,
      String physicalId,
      String type,
      Replacement replacement,
      Optional<String> policyAction,
      List<Property> properties) {
    Change {
      properties = List.copyOf(properties);
    }
  }

  /**
   * One property that changes.
   *
   * @param isKnown whether its new value is known already
   */
  record Property(
      String name,
      Replacement replacement,
      boolean isKnown,
      Optional<String> before,
      Optional<String> after) {}
}
