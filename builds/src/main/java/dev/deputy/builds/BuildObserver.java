package dev.deputy.builds;

/** Hears what happens in a build. */
@FunctionalInterface
public interface BuildObserver {
  /**
   * One event, after what it tells was stored; in order, one at a time, on one thread of the
   * build's own. May block: steps that print are slowed down by an observer that does not keep up,
   * nothing else is.
   */
  void on(BuildEvent event);
}
