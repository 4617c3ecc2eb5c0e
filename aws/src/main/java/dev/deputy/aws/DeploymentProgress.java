package dev.deputy.aws;

/** Is told what happens while stacks are changed, in order, by the thread that changes them. */
public interface DeploymentProgress {
  /** Tells nobody. */
  DeploymentProgress SILENT =
      new DeploymentProgress() {
        @Override
        public boolean wantsEvents() {
          return false;
        }
      };

  /** Whether {@link #happened} is worth asking for the events. */
  default boolean wantsEvents() {
    return true;
  }

  /** Somebody else changes the stack; that is waited for. */
  default void waiting(String stack, String status) {}

  default void begins(StackChange change) {}

  /**
   * Something happened to a resource of the stack, or to the stack itself.
   *
   * @param status CloudFormation's word, such as {@code CREATE_IN_PROGRESS}
   * @param reason empty where there is none
   */
  default void happened(
      StackChange change, String logicalId, String type, String status, String reason) {}

  default void ended(StackChange change) {}
}
