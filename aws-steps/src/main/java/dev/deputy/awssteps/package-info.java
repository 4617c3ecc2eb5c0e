/**
 * The AWS steps of pipelines, as a program of the agent. It is started by a step and is one: it has
 * the steps' account, the credentials that the step's own endpoint gives, and nothing else.
 */
@NullMarked
package dev.deputy.awssteps;

import org.jspecify.annotations.NullMarked;
