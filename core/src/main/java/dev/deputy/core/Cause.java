package dev.deputy.core;

/**
 * Why a build started. What a grant may ask for; never under the control of a Jenkinsfile's author.
 */
public sealed interface Cause {
  /** A person asked for it. */
  record Person(String user) implements Cause {}

  /** The word for it in {@code grants[].causes}. */
  default String kind() {
    return switch (this) {
      case Person _ -> "person";
    };
  }

  /** Who made the build start, as the audit log names them. */
  default String actor() {
    return switch (this) {
      case Person(String user) -> user;
    };
  }

  /** In words, as Jenkins' log has it. */
  default String describe() {
    return switch (this) {
      case Person(String user) -> "Started by user " + user;
    };
  }
}
