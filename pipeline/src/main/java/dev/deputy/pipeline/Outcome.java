package dev.deputy.pipeline;

import java.util.Optional;

/**
 * How a run ended.
 *
 * @param result the worst of what the pipeline set and how it ended
 * @param error what ended it early, as the end of the log says it: {@code ERROR: …}, or the causes
 *     of an interruption; empty when it came to its end or there is nothing to say
 * @param denied whether access was denied on the way; nothing that ran afterwards changes it
 */
public record Outcome(BuildResult result, Optional<String> error, boolean denied) {}
