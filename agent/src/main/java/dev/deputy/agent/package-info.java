/**
 * The agent program (Java 17): one process in one ECS task, for one build.
 *
 * <p>{@link dev.deputy.agent.Agent} connects, proves the task's identity and serves the controller,
 * over as many connections as it takes. Its threads, all ending with the program: {@code main}
 * receives and dispatches; {@code http-*} are the HTTP client's; {@code credentials-*} answer steps
 * on loopback; {@code deploy role} keeps credentials fresh; a step has {@code step …} (its order),
 * {@code output of …} (reads, masks, spools; one more for captured output) and {@code delivery of
 * …} (sends what was spooled); {@code file …} and {@code transfer …} live for one order each.
 */
@NullMarked
package dev.deputy.agent;

import org.jspecify.annotations.NullMarked;
