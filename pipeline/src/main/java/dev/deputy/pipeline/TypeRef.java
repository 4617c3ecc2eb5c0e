package dev.deputy.pipeline;

import java.util.List;

/** A type as a file names it. */
sealed interface TypeRef permits Type, TypeRef.Declared, TypeRef.Array, TypeRef.Unavailable {
  /** For messages. */
  String displayName();

  /**
   * A class of the file itself or of a library.
   *
   * @param name as it was written, or imported
   * @param candidates the full names it may stand for, the first that exists is meant
   */
  record Declared(String name, List<String> candidates) implements TypeRef {
    Declared(String name) {
      this(name, List.of(name));
    }

    @Override
    public String displayName() {
      return name;
    }
  }

  /**
   * A class that pipelines do not have: nothing is of it, and making something one is refused.
   *
   * @param refusal what to say then
   */
  record Unavailable(String name, String refusal) implements TypeRef {
    @Override
    public String displayName() {
      return name;
    }
  }

  /** {@code String[]}; a list here. */
  record Array(TypeRef element) implements TypeRef {
    @Override
    public String displayName() {
      return element.displayName() + "[]";
    }
  }
}
