package dev.deputy.pipeline;

import java.util.UUID;

/** Random numbers and names: all from the host, so that a run that is repeated gets the same. */
final class ChanceTypes {
  private ChanceTypes() {}

  static void addTo(KnownTypes types) {
    types
        .statics(Type.UUID)
        .add("randomUUID", 0, (t, a) -> new KnownValue(t, random(a)))
        .add("fromString", 1, (t, a) -> new KnownValue(t, parsed(a.text(0))));
    types.statics(Type.RANDOM).add("new", 0, 1, (t, _) -> new KnownValue(t, "random"));
    types
        .methods(Type.RANDOM)
        .add("nextInt", 0, 2, (_, a) -> integer(a))
        .add("nextLong", 0, (_, a) -> a.run().host().random())
        .add("nextBoolean", 0, (_, a) -> (a.run().host().random() & 1) == 0)
        .add("nextDouble", 0, (_, a) -> fraction(a));
  }

  /** At least 0 and below 1. */
  static double fraction(Arguments arguments) {
    return (arguments.run().host().random() >>> 11) * 0x1.0p-53;
  }

  private static Object random(Arguments arguments) {
    long most = (arguments.run().host().random() & ~0xF000L) | 0x4000L;
    long least = (arguments.run().host().random() >>> 2) | Long.MIN_VALUE;
    return new UUID(most, least);
  }

  private static Object parsed(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException broken) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, String.valueOf(broken.getMessage()));
    }
  }

  private static Object integer(Arguments arguments) {
    long random = arguments.run().host().random();
    if (arguments.count() == 0) {
      return (int) random;
    }
    int from = arguments.count() == 2 ? arguments.integer(0) : 0;
    int to = arguments.integer(arguments.count() - 1);
    if (to <= from) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "bound must be positive");
    }
    return from + (int) Math.floorMod(random, (long) to - from);
  }
}
