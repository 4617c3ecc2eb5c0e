package dev.deputy.pipeline;

/** Objects that every pipeline has. */
enum Global {
  ENV("env"),
  CURRENT_BUILD("currentBuild"),
  PREVIOUS_BUILD("currentBuild.previousBuild"),
  SCM("scm");

  private final String expression;

  Global(String expression) {
    this.expression = expression;
  }

  /** How pipeline code names it. */
  String expression() {
    return expression;
  }
}
