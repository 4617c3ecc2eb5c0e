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
            Type.ARRAY_OUT_OF_BOUNDS,
            "Negative array index [%d] too large for array size %d".formatted(place, list.size()));
      }
      return at < list.size() ? list.get(at) : null;
    }
    List<Integer> places = places(index, list.size(), Slices::ofList);
    budget.elements(places.size(), places.size());
    List<@Nullable Object> slice = new ArrayList<>(places.size());
    for (int place : places) {
      slice.add(place >= 0 && place < list.size() ? list.get(place) : null);
    }
    return slice;
  }

  static String of(String text, @Nullable Object index, Budget budget) {
    return slice(text, index, budget);
  }

  private static String slice(String text, @Nullable Object index, Budget budget) {
    if (index instanceof Integer place && place + text.length() < 0) {
      throw ScriptError.of(
          Type.ARRAY_OUT_OF_BOUNDS,
          "Negative array index [%d] too large for array size %d".formatted(place, text.length()));
    }
    List<Integer> places =
        index instanceof Integer place
            ? List.of(fromEnd(place, text.length()))
            : places(index, text.length(), Slices::ofText);
    budget.string(places.size());
    StringBuilder slice = new StringBuilder();
    for (int place : places) {
      if (place < 0 || place >= text.length()) {
        throw ofText(place, place, text.length());
      }
      slice.append(text.charAt(place));
    }
    return slice.toString();
  }

  /** How something says that a part of it is not there. */
  @FunctionalInterface
  private interface Outside {
    ScriptError of(int low, int high, int size);
  }

  private static ScriptError ofList(int low, int high, int size) {
    return ScriptError.of(
        Type.OUT_OF_BOUNDS, low < 0 ? "fromIndex = " + low : "toIndex = " + (high + 1));
  }

  private static ScriptError ofText(int low, int high, int size) {
    return ScriptError.of(
        Type.TEXT_OUT_OF_BOUNDS,
        "Range [%d, %d) out of bounds for length %d".formatted(low, high + 1, size));
  }

  private static int fromEnd(int index, int size) {
    return index < 0 ? size + index : index;
  }

  private static List<Integer> places(@Nullable Object index, int size, Outside outside) {
    return switch (index) {
      case RangeValue range -> within(range, size, outside);
      case List<?> several -> {
        List<Integer> places = new ArrayList<>();
        for (Object each : several) {
          places.addAll(
              each instanceof RangeValue range
                  ? within(range, size, outside)
                  : List.of(fromEnd(wholeNumber(each), size)));
        }
        yield places;
      }
      case null, default -> List.of(fromEnd(wholeNumber(index), size));
    };
  }

  private static List<Integer> within(RangeValue range, int size, Outside outside) {
    RangeValue places = range.within(size);
    if (!places.isEmpty()) {
      int low = Math.min(places.at(0), places.at(places.size() - 1));
      int high = Math.max(places.at(0), places.at(places.size() - 1));
      if (low < 0 || high >= size) {
        throw outside.of(low, high, size);
      }
    }
    List<Integer> list = new ArrayList<>(places.size());
    for (int i = 0; i < places.size(); i++) {
      list.add(places.at(i));
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
