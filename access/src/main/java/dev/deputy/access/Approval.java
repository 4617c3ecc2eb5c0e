package dev.deputy.access;

import dev.deputy.core.TemplateName;
import java.time.Instant;

/**
 * One person's yes to one build's use of one agent template.
 *
 * @param by the user
 * @param template what it was given for; it counts for nothing else
 * @param scriptHash of the Jenkinsfile that the person was asked about
 * @param commit that the person was asked about; empty outside of git
 */
public record Approval(
    String by, TemplateName template, String scriptHash, String commit, Instant at) {}
