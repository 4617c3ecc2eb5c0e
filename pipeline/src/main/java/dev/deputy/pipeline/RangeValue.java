package dev.deputy.pipeline;

import java.util.AbstractList;

/** {@code from..to}, up or down; an immutable list that takes no space. */
final class RangeValue extends AbstractList<Object> {
  /** What the places are shown as. */
  enum Of {
    INTEGERS,
    LONGS,
    LETTERS
  }

  private final Of of;
  private final int from;
  private final int to;
  private final boolean excludesFrom;
  private final boolean excludesTo;
  private final int size;

  RangeValue(int from, int to, boolean excludesFrom, boolean excludesTo) {
    this(Of.INTEGERS, from, to, excludesFrom, excludesTo);
  }

  RangeValue(Of of, int from, int to, boolean excludesFrom, boolean excludesTo) {
    this.of = of;
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

  boolean isReverse() {
    return to < from;
  }

  /** The place as a number. */
  int at(int index) {
    int place = index + (excludesFrom ? 1 : 0);
    return from <= to ? from + place : from - place;
  }

  private Object value(int place) {
    return switch (of) {
      case INTEGERS -> place;
      case LONGS -> (Object) (long) place;
      case LETTERS -> String.valueOf((char) place);
    };
  }

  @Override
  public Object get(int index) {
    return value(at(index));
  }

  @Override
  public int size() {
    return size;
  }

  /** As it is written: {@code 1..<3}. */
  String text() {
    boolean shortened = of == Of.LETTERS && excludesTo && size > 0;
    String operator = (excludesFrom ? "<" : "") + ".." + (excludesTo && !shortened ? "<" : "");
    return value(from) + operator + (shortened ? getLast() : value(to));
  }
}
