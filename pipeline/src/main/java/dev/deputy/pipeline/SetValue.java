package dev.deputy.pipeline;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of pipeline code: a list that takes no value twice, in the order in which they came. So
 * whatever goes over lists goes over it, and a step gets it as one.
 */
final class SetValue extends AbstractList<@Nullable Object> {
  private final Values values;
  private final List<@Nullable Object> items = new ArrayList<>();

  /** Those of the items that are cheap to hash; the others are compared one by one. */
  private final Set<@Nullable Object> keys = new HashSet<>();

  SetValue(Values values, Collection<?> items) {
    this.values = values;
    addAll(items);
  }

  /** Whether it has exactly this value. */
  boolean has(@Nullable Object value) {
    if (value instanceof String text) {
      values.compared(text);
    }
    return isPlain(value) ? keys.contains(value) : values.placeOf(items, value) >= 0;
  }

  /** Whether it is hashed, so that {@link #has} knows it at once. */
  static boolean isPlain(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean;
  }

  /** A set of these values. */
  SetValue of(Collection<?> others) {
    return new SetValue(values, others);
  }

  @Override
  public @Nullable Object get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public boolean add(@Nullable Object value) {
    if (has(value)) {
      return false;
    }
    if (isPlain(value)) {
      keys.add(value);
    }
    return items.add(value);
  }

  /** At its end, whatever the place: a set has none. */
  @Override
  public void add(int index, @Nullable Object value) {
    add(value);
  }

  @Override
  public @Nullable Object remove(int index) {
    Object removed = items.remove(index);
    if (isPlain(removed)) {
      keys.remove(removed);
    }
    return removed;
  }

  @Override
  public void clear() {
    items.clear();
    keys.clear();
  }
}
