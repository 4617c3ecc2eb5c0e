package dev.deputy.core;

import java.time.Instant;

/**
 * One launch for one need of one build.
 *
 * @param stage the stage that needs the agent, for people
 * @param taskDefinition ARN with revision that RunTask is to be called with
 * @param version counts the transitions; a store refuses to save over a newer one
 */
public record Launch(
    LaunchId id,
    BuildId build,
    String stage,
    TemplateName template,
    String taskDefinition,
    LaunchState state,
    Instant created,
    int version) {
  /** The same launch one transition on. */
  public Launch next(LaunchState state) {
    return new Launch(id, build, stage, template, taskDefinition, state, created, version + 1);
  }
}
