package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code list[…]} and {@code text[…]} with an index, a range or a list of indices. */
final class Slices {
  private Slices() {}

  /** An element (null beyond the end), or a new list. */
  static @Nullable Object of(List<?> list, @Nullable Object index, Budget budget) {
    if (index instanceof Integer place) {
      int at = fromEnd(place, list.size());
      if (at < 0) {
        throw ScriptError.of(
            Type.OUT_OF_BOUNDS,
            "Negative array index [%d] too large for a list of %d".formatted(place, list.size()));
      }
      return at < list.size() ? list.get(at) : null;
    }
    List<Integer> places = places(index, list.size());
    budget.elements(places.size(), places.size());
    List<@Nullable Object> slice = new ArrayList<>(places.size());
    for (int place : places) {
      slice.add(place >= 0 && place < list.size() ? list.get(place) : null);
    }
    return slice;
  }

  static String of(String text, @Nullable Object index, Budget budget) {
    try {
      return slice(text, index, budget);
    } catch (ScriptError error) {
      throw error.error().type() == Type.OUT_OF_BOUNDS
          ? ScriptError.of(Type.TEXT_OUT_OF_BOUNDS, String.valueOf(error.getMessage()))
          : error;
    }
  }

  private static String slice(String text, @Nullable Object index, Budget budget) {
    List<Integer> places =
        index instanceof Integer place
            ? List.of(fromEnd(place, text.length()))
            : places(index, text.length());
    budget.string(places.size());
    StringBuilder slice = new StringBuilder();
    for (int place : places) {
      check(place, text.length());
      slice.append(text.charAt(place));
    }
    return slice.toString();
  }

  private static void check(int place, int size) {
    if (place < 0 || place >= size) {
      throw ScriptError.of(
          Type.OUT_OF_BOUNDS, "index out of range: %d (size %d)".formatted(place, size));
    }
  }

  private static int fromEnd(int index, int size) {
    return index < 0 ? size + index : index;
  }

  private static List<Integer> places(@Nullable Object index, int size) {
    return switch (index) {
      case RangeValue range -> within(range, size);
      case List<?> several -> {
        List<Integer> places = new ArrayList<>();
        for (Object each : several) {
          places.addAll(
              each instanceof RangeValue range
                  ? within(range, size)
                  : List.of(fromEnd(wholeNumber(each), size)));
        }
        yield places;
      }
      case null, default -> List.of(fromEnd(wholeNumber(index), size));
    };
  }

  private static List<Integer> within(RangeValue range, int size) {
    RangeValue places = range.within(size);
    if (!places.isEmpty()) {
      check(places.get(0), size);
      check(places.get(places.size() - 1), size);
    }
    List<Integer> list = new ArrayList<>(places.size());
    for (int i = 0; i < places.size(); i++) {
      list.add(places.get(i));
    }
    return list;
  }

  private static int wholeNumber(@Nullable Object index) {
    if (index instanceof Integer place) {
      return place;
    }
    throw ScriptError.of(
        Type.MISSING_METHOD, "an index is a whole number, not " + Values.typeName(index));
  }
}
