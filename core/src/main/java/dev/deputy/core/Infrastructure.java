package dev.deputy.core;

import java.util.Map;
import java.util.Optional;

/**
 * What people deployed for the controller, read once at start: it can run nothing else.
 *
 * @param cluster ARN
 * @param logGroup of the agents' containers
 * @param templates by name; a template that is missing here was not deployed
 */
public record Infrastructure(
    String cluster, String logGroup, Map<TemplateName, Deployed> templates) {
  public Infrastructure {
    templates = Map.copyOf(templates);
  }

  /**
   * One deployed agent template.
   *
   * @param taskDefinition ARN with revision
   * @param taskRole ARN
   * @param taskRoleId the role's unique id ({@code AROA…}), which a role made anew under the same
   *     name does not have
   * @param deployRole ARN of the deploy role in the target account; empty for agents without
   *     account
   * @param externalId what the deploy role's trust asks for, where it does
   */
  public record Deployed(
      String taskDefinition,
      String taskRole,
      String taskRoleId,
      Optional<String> deployRole,
      Optional<String> externalId) {}
}
