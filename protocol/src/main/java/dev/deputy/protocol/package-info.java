/**
 * Messages between controller and agent (Java 17).
 *
 * <p>Every connection starts with {@code hello} and its {@code challenge}. On an agent's first
 * connection {@code register} and {@code registered} or {@code refused} follow, later ones {@code
 * resume} and {@code resumed} or {@code refused}; then the agent says {@code ready}, each time, and
 * the session goes on. An agent that lost its connection before it heard {@code registered}
 * registers again, with the same key.
 *
 * <p>What a step says and how it ends is sent again until it is acknowledged, in pieces numbered
 * from 1 whose last is the {@code exit}. All other messages may be lost with a connection: whoever
 * waits for an answer asks again, with the same id, after {@code ready}. Orders are made for that:
 * a repeated {@code start} runs nothing, operations on files have the same effect twice.
 */
@NullMarked
package dev.deputy.protocol;

import org.jspecify.annotations.NullMarked;
