package dev.deputy.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stacks of one account and region, with those that were deleted. Thread-safe. */
final class Stacks {
  private final Map<String, Stack> byId = new LinkedHashMap<>();

  /**
   * Adds a stack, unless one of its name exists.
   *
   * @return the stack that has the name then
   */
  synchronized Stack add(Stack stack) {
    Optional<Stack> existing = named(stack.name());
    if (existing.isPresent()) {
      return existing.get();
    }
    byId.put(stack.id(), stack);
    return stack;
  }

  /** The stack that a name or an id means; a deleted one by its id only. */
  synchronized Optional<Stack> find(String nameOrId) {
    Stack stack = byId.get(nameOrId);
    return stack == null ? named(nameOrId) : Optional.of(stack);
  }

  private Optional<Stack> named(String name) {
    return byId.values().stream()
        .filter(stack -> stack.name().equals(name))
        .filter(stack -> stack.view().deleted().isEmpty())
        .findFirst();
  }

  /** All stacks, the newest first. */
  synchronized List<Stack> all() {
    return new ArrayList<>(byId.values()).reversed();
  }

  /** The value that a stack exports under a name. */
  Optional<String> exported(String name) {
    return exporter(name)
        .flatMap(stack ->
            stack.view().outputs().stream()
                .filter(output -> output.export().equals(Optional.of(name)))
                .map(Stack.Output::value)
                .findFirst());
  }

  /** The stack that exports something under a name. */
  Optional<Stack> exporter(String name) {
    return all().stream()
        .filter(stack -> stack.view().deleted().isEmpty())
        .filter(stack ->
            stack.view().outputs().stream()
                .anyMatch(output -> output.export().equals(Optional.of(name))))
        .findFirst();
  }

  /** The name of a stack that uses an export. */
  Optional<String> importer(String name) {
    return all().stream().filter(stack -> stack.isImporting(name)).map(Stack::name).findFirst();
  }
}
