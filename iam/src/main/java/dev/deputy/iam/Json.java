package dev.deputy.iam;

import java.util.List;

/** A JSON value that knows where it starts (line and column from 1). */
sealed interface Json {

  int line();

  int column();

  /** The value in words, for "found ..." of an error. */
  String describe();

  default PolicySyntaxException error(String expected, String found) {
    return new PolicySyntaxException(line(), column(), expected, found);
  }

  default PolicySyntaxException error(String expected) {
    return error(expected, describe());
  }

  /** A string. */
  record Text(int line, int column, String value) implements Json {

    private static final int SHOWN = 80;

    @Override
    public String describe() {
      return value.length() > SHOWN
          ? "\"" + value.substring(0, SHOWN) + "…\""
          : "\"" + value + "\"";
    }
  }

  /** A number or a boolean, as it was written. */
  record Literal(int line, int column, String text) implements Json {

    @Override
    public String describe() {
      return text;
    }
  }

  /** {@code null}. */
  record Null(int line, int column) implements Json {

    @Override
    public String describe() {
      return "null";
    }
  }

  /** An array. */
  record Array(int line, int column, List<Json> items) implements Json {

    @Override
    public String describe() {
      return items.isEmpty() ? "an empty list" : "a list";
    }
  }

  /** An object: its members in their order, no name twice. */
  record Members(int line, int column, List<Member> list) implements Json {

    @Override
    public String describe() {
      return list.isEmpty() ? "an empty object" : "an object";
    }
  }

  /** A name in an object with its value. */
  record Member(Text name, Json value) {}
}
