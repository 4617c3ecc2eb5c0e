package dev.deputy.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * State that each account has once per region, made at its first use.
 *
 * @param <T> the state; thread-safe by itself
 */
final class Regional<T> {
  private record Place(String account, String region) {}

  private final Map<Place, T> states = new ConcurrentHashMap<>();
  private final Supplier<T> fresh;

  Regional(Supplier<T> fresh) {
    this.fresh = fresh;
  }

  T of(String account, String region) {
    return states.computeIfAbsent(new Place(account, region), _ -> fresh.get());
  }

  T of(Call call) {
    return of(call.account(), call.region());
  }
}
