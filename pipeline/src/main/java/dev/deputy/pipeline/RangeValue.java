package dev.deputy.pipeline;

import java.util.AbstractList;

/** {@code from..to}, up or down; an immutable list that takes no space. */
final class RangeValue extends AbstractList<Object> {
  private final int from;
  private final int to;
  private final boolean excludesFrom;
  private final boolean excludesTo;
  private final int size;

  RangeValue(int from, int to, boolean excludesFrom, boolean excludesTo) {
    this.from = from;
    this.to = to;
    this.excludesFrom = excludesFrom;
    this.excludesTo = excludesTo;
    long length = Math.abs((long) to - from) + 1 - (excludesFrom ? 1 : 0) - (excludesTo ? 1 : 0);
    this.size = Math.clamp(length, 0, Integer.MAX_VALUE);
  }

  /** As an index into something of this size: negative ends count from its end. */
  RangeValue within(int whole) {
    return new RangeValue(
        from < 0 ? whole + from : from, to < 0 ? whole + to : to, excludesFrom, excludesTo);
  }

  @Override
  public Integer get(int index) {
    int place = index + (excludesFrom ? 1 : 0);
    return from <= to ? from + place : from - place;
  }

  @Override
  public int size() {
    return size;
  }
}
