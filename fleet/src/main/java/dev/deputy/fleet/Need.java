package dev.deputy.fleet;

import dev.deputy.core.BuildId;
import dev.deputy.core.TemplateName;

/**
 * One stage's need of one agent. Access was granted already; it is asked again before RunTask, at
 * assignment and at every issue of credentials.
 *
 * @param grant the name of the grant that decided
 */
public record Need(BuildId build, String stage, TemplateName template, String grant) {}
