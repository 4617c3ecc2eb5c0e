package dev.deputy.fleet;

import dev.deputy.fleet.Caps.Cap;

/**
 * Where a need stands in the queue.
 *
 * @param position from 1, among those that the same limit holds back, in the order of their turns
 * @param cap what holds it back
 * @param own whether all agents that the limit counts are of the need's own build
 */
record Standing(int position, Cap cap, boolean own) {
  private static final int NEAR = 3;

  String words() {
    return ordinal(position)
        + " in the queue; "
        + cap.words()
        + (own ? ", in use by this build itself" : "");
  }

  /**
   * Whether people should read this after they have read the other: another reason always, another
   * position where it is near the front or half of what it was.
   */
  boolean isNewsAfter(Standing told) {
    return !cap.equals(told.cap)
        || (own && !told.own)
        || (position < told.position && (position <= NEAR || position <= told.position / 2));
  }

  private static String ordinal(int number) {
    int teen = number % 100;
    String ending =
        teen >= 11 && teen <= 13
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + ending;
  }
}
