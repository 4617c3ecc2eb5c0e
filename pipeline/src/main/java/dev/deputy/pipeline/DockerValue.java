package dev.deputy.pipeline;

/** What the variable {@code docker} and its methods give: values that only call steps. */
sealed interface DockerValue {
  /** The variable itself. */
  record Engine() implements DockerValue {
    @Override
    public String toString() {
      return "docker";
    }
  }

  /**
   * An image.
   *
   * @param id as the pipeline named it
   */
  record Image(String id) implements DockerValue {
    @Override
    public String toString() {
      return id;
    }
  }

  /** A container that runs. */
  record Container(String id) implements DockerValue {
    @Override
    public String toString() {
      return id;
    }
  }
}
