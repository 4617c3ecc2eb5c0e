/** The agent program (Java 17): identity, credentials, step execution, spool. */
@NullMarked
package dev.deputy.agent;

import org.jspecify.annotations.NullMarked;
