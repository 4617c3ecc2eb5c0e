package dev.deputy.pipeline;

/**
 * A run reached something of the JVM or of Jenkins that the check warned of. Unlike the sandbox of
 * Jenkins, whose rejection pipeline code can catch, it ends the run: an attack does not get a
 * second try, and a build that did half of what it says does not pass.
 */
final class RefusedUse extends Unstoppable {
  RefusedUse(String message) {
    super(message);
  }
}
