package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes programs at random that end, print and give a value: declarations, assignments, control
 * flow, functions and closures over numbers, texts, lists and maps. The same seed makes the same
 * program.
 */
final class ProgramGenerator {
  private enum Kind {
    INT,
    DECIMAL,
    TEXT,
    BOOL,
    LIST,
    MAP
  }

  private record Variable(String name, Kind kind) {}

  private static final int DEEPEST = 4;

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private final List<Variable> variables = new ArrayList<>();
  private final List<String> functions = new ArrayList<>();
  private int names;

  private ProgramGenerator(long seed) {
    this.random = new Random(seed);
  }

  static String program(long seed) {
    return new ProgramGenerator(seed).generate();
  }

  private String generate() {
    for (int i = random.nextInt(3); i > 0; i--) {
      function();
    }
    for (Kind kind : Kind.values()) {
      declare(kind, "");
    }
    for (int i = 2 + random.nextInt(5); i > 0; i--) {
      statement("", 0);
    }
    line("", expression(any(Kind.values()), 0));
    return out.toString();
  }

  @SafeVarargs
  private <T> T any(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private void line(String indent, String text) {
    out.append(indent).append(text).append('\n');
  }

  private String name(String prefix) {
    return prefix + names++;
  }

  private void function() {
    String name = name("f");
    int outer = variables.size();
    variables.add(new Variable("a", Kind.INT));
    variables.add(new Variable("b", Kind.TEXT));
    boolean byDefault = random.nextBoolean();
    line("", "def " + name + "(a, b" + (byDefault ? " = 'none'" : "") + ") {");
    statement("  ", 2);
    line("  ", (random.nextBoolean() ? "return " : "") + expression(Kind.INT, 1));
    line("", "}");
    while (variables.size() > outer) {
      variables.removeLast();
    }
    functions.add(name);
  }

  private void declare(Kind kind, String indent) {
    String name = name("v");
    String type =
        switch (kind) {
          case INT -> any("def", "int", "def", "Integer");
          case TEXT -> any("def", "String");
          case LIST -> any("def", "List");
          case MAP -> any("def", "Map");
          case DECIMAL, BOOL -> "def";
        };
    // What is typed is of its type for certain: what conversions do has tests of its own.
    String value = type.equals("def") ? expression(kind, 1) : literal(kind, 1);
    line(indent, type + " " + name + " = " + value);
    if (type.equals("def") || !type.equals("int")) {
      variables.add(new Variable(name, kind));
    }
  }

  private void statement(String indent, int depth) {
    int choice = random.nextInt(depth >= 3 ? 5 : 14);
    switch (choice) {
      case 0, 1 -> line(indent, "println(" + expression(any(Kind.values()), 0) + ")");
      case 2 -> declare(any(Kind.values()), indent);
      case 3 -> assign(indent);
      case 4 -> line(indent, "println \"" + interpolation() + "\"");
      case 5, 6 -> {
        line(indent, "if (" + expression(any(Kind.values()), 1) + ") {");
        block(indent, depth);
        if (random.nextBoolean()) {
          line(indent, "} else {");
          block(indent, depth);
        }
        line(indent, "}");
      }
      case 7, 8 -> {
        String each = name("e");
        line(indent, "for (" + each + " in " + expression(Kind.LIST, 2) + ".take(4)) {");
        line(indent + "  ", "println " + each);
        if (random.nextInt(3) == 0) {
          line(
              indent + "  ",
              "if (" + each + " == " + expression(Kind.INT, 3) + ") " + any("break", "continue"));
        }
        block(indent, depth);
        line(indent, "}");
      }
      case 9 -> {
        String counter = name("n");
        line(indent, "int " + counter + " = 0");
        line(indent, "while (" + counter + "++ < " + random.nextInt(4) + ") {");
        block(indent, depth);
        line(indent, "}");
      }
      case 10 -> choices(indent, depth);
      case 11, 12 -> {
        line(indent, "try {");
        block(indent, depth);
        line(indent, "} catch (Exception e) {");
        line(indent + "  ", "println 'caught ' + e.class.simpleName");
        line(indent, random.nextBoolean() ? "}" : "} finally { println 'finally' }");
      }
      default -> {
        String counter = name("i");
        line(
            indent,
            "for (int "
                + counter
                + " = 0; "
                + counter
                + " < "
                + random.nextInt(4)
                + "; "
                + counter
                + "++) {");
        line(indent + "  ", "println " + counter);
        block(indent, depth);
        line(indent, "}");
      }
    }
  }

  private void choices(String indent, int depth) {
    line(indent, "switch (" + expression(any(Kind.INT, Kind.TEXT), 2) + ") {");
    line(indent + "  ", "case " + expression(Kind.INT, 3) + ": println 'one'; break");
    line(
        indent + "  ",
        "case "
            + any("1..5", "[1, 2, 'a']", "CharSequence", "Integer", "~/[a-c]+/", "{ it }")
            + ":");
    block(indent + "  ", depth);
    if (random.nextBoolean()) {
      line(indent + "  ", "  break");
    }
    line(indent + "  ", "default: println 'other'");
    line(indent, "}");
  }

  private void block(String indent, int depth) {
    int outer = variables.size();
    for (int i = random.nextInt(2); i >= 0; i--) {
      statement(indent + "  ", depth + 1);
    }
    while (variables.size() > outer) {
      variables.removeLast();
    }
  }

  /** What is assigned does not grow from turn to turn of a loop. */
  private void assign(String indent) {
    Variable target = variables.get(random.nextInt(variables.size()));
    String value = expression(target.kind(), 1);
    switch (target.kind()) {
      case INT -> line(indent, target.name() + any(" = ", " += ", " -= ") + value);
      case DECIMAL -> line(indent, target.name() + " = " + literal(Kind.DECIMAL, 1));
      case TEXT -> line(indent, target.name() + " = (" + value + ").toString().take(20)");
      case LIST ->
          line(
              indent,
              random.nextBoolean()
                  ? target.name() + " = " + value + ".take(6)"
                  : target.name()
                      + " << ("
                      + expression(any(Kind.INT, Kind.TEXT), 2)
                      + ").toString().take(20)");
      case MAP ->
          line(
              indent,
              any(
                  target.name() + " = " + value + ".subMap(['a', 'b'])",
                  target.name()
                      + "."
                      + key()
                      + " = ("
                      + expression(any(Kind.INT, Kind.TEXT), 2)
                      + ").toString().take(20)",
                  target.name() + "['" + key() + "'] = " + expression(Kind.INT, 2)));
      case BOOL -> line(indent, target.name() + " = " + value);
    }
  }

  private String key() {
    return any("a", "b", "c", "key");
  }

  private String interpolation() {
    return any("it is ", "", "x")
        + "${"
        + expression(any(Kind.values()), 2)
        + "}"
        + any("", " and more");
  }

  private String expression(Kind kind, int depth) {
    List<Variable> fitting = variables.stream().filter(v -> v.kind() == kind).toList();
    if (!fitting.isEmpty() && random.nextInt(3) == 0) {
      return fitting.get(random.nextInt(fitting.size())).name();
    }
    if (depth >= DEEPEST || random.nextInt(4) == 0) {
      return literal(kind, depth);
    }
    int deeper = depth + 1;
    return switch (kind) {
      case INT -> integer(deeper);
      case DECIMAL -> decimal(deeper);
      case TEXT -> text(deeper);
      case BOOL -> truth(deeper);
      case LIST -> list(deeper);
      case MAP -> map(deeper);
    };
  }

  private String literal(Kind kind, int depth) {
    return switch (kind) {
      case INT ->
          Integer.toString(random.nextInt(5) == 0 ? random.nextInt(100_000) : random.nextInt(12));
      case DECIMAL -> any("0.5", "1.25", "2.0", "10.10", "3.333");
      case TEXT ->
          any(
              "'a'",
              "'abc'",
              "''",
              "'Hello World'",
              "\"b c\"",
              "'1,2,3'",
              "'42'",
              "\"" + (depth < 3 ? interpolation() : "x") + "\"");
      case BOOL -> any("true", "false");
      case LIST ->
          any(
              "[]",
              "[1, 2, 3]",
              "['b', 'a', 'c']",
              "[3, 1, 2, 1]",
              "(1..4)",
              "[null, 1]",
              "[[1, 2], [3]]");
      case MAP ->
          any("[:]", "[a: 1]", "[a: 1, b: 2]", "[b: 'x', a: 'y', c: null]", "['key': [1, 2]]");
    };
  }

  private String integer(int depth) {
    return switch (random.nextInt(functions.isEmpty() ? 13 : 14)) {
      case 0, 1 ->
          "("
              + expression(Kind.INT, depth)
              + any(" + ", " - ", " * ")
              + expression(Kind.INT, depth)
              + ")";
      case 2 ->
          "("
              + expression(Kind.INT, depth)
              + any(" % ", ".intdiv(").replace(".intdiv(", " % ")
              + any("3", "7", "2")
              + ")";
      case 3 ->
          "("
              + expression(Kind.INT, depth)
              + any(" & ", " | ", " ^ ", " << ", " >> ")
              + any("1", "2", "3")
              + ")";
      case 4 -> expression(Kind.TEXT, depth) + any(".size()", ".length()");
      case 5 -> expression(Kind.LIST, depth) + ".size()";
      case 6 ->
          "("
              + expression(Kind.BOOL, depth)
              + " ? "
              + expression(Kind.INT, depth)
              + " : "
              + expression(Kind.INT, depth)
              + ")";
      case 7 -> "(" + expression(Kind.INT, depth) + " ?: " + expression(Kind.INT, depth) + ")";
      case 8 -> "(" + expression(Kind.INT, depth) + " <=> " + expression(Kind.INT, depth) + ")";
      case 9 -> expression(Kind.LIST, depth) + ".count { it == " + literal(Kind.INT, depth) + " }";
      case 10 -> "(-" + expression(Kind.INT, depth) + ")";
      case 11 ->
          "[1, 2, 3].inject("
              + literal(Kind.INT, depth)
              + ") { acc, x -> acc + x * "
              + literal(Kind.INT, depth)
              + " }";
      case 12 -> expression(Kind.TEXT, depth) + ".indexOf('" + any("a", "b", "o") + "')";
      default ->
          any(functions.toArray(new String[0]))
              + "("
              + expression(Kind.INT, depth)
              + ", "
              + expression(Kind.TEXT, depth)
              + ")";
    };
  }

  private String decimal(int depth) {
    return switch (random.nextInt(4)) {
      case 0 ->
          "("
              + expression(Kind.DECIMAL, depth)
              + any(" + ", " - ", " * ")
              + expression(any(Kind.DECIMAL, Kind.INT), depth)
              + ")";
      case 1 -> "(" + expression(Kind.INT, depth) + " / " + any("2", "4", "5", "3") + ")";
      case 2 -> "(" + expression(Kind.DECIMAL, depth) + " / " + any("0.5", "2", "3") + ")";
      default -> "(" + expression(Kind.DECIMAL, depth) + ").abs()";
    };
  }

  private String text(int depth) {
    return switch (random.nextInt(14)) {
      case 0, 1 ->
          "(" + expression(Kind.TEXT, depth) + " + " + expression(any(Kind.values()), depth) + ")";
      case 2 -> "\"" + interpolation() + "\"";
      case 3 ->
          expression(Kind.TEXT, depth)
              + any(".toUpperCase()", ".toLowerCase()", ".trim()", ".reverse()", ".capitalize()");
      case 4 -> expression(Kind.TEXT, depth) + ".replace('a', '" + any("b", "", "xyz") + "')";
      case 5 -> expression(Kind.TEXT, depth) + ".replaceAll(/[a-c]/, '" + any("#", "", "-") + "')";
      case 6 -> expression(Kind.LIST, depth) + ".join('" + any(", ", "", "-") + "')";
      case 7 -> "(" + expression(Kind.TEXT, depth) + " * " + any("0", "1", "2", "3") + ")";
      case 8 -> expression(any(Kind.values()), depth) + ".toString()";
      case 9 ->
          expression(Kind.TEXT, depth) + ".padLeft(" + any("3", "8") + ", '" + any("0", ".") + "')";
      case 10 -> "(" + expression(Kind.TEXT, depth) + " - '" + any("a", "b", "Hello") + "')";
      case 11 -> "'Hello World'[" + any("0", "-1", "0..4", "6..-1", "2..<4") + "]";
      case 12 -> expression(Kind.TEXT, depth) + ".tokenize(',').toString()";
      default -> "(" + expression(Kind.TEXT, depth) + " ?: 'empty')";
    };
  }

  private String truth(int depth) {
    return switch (random.nextInt(11)) {
      case 0 ->
          "("
              + expression(Kind.INT, depth)
              + any(" < ", " > ", " <= ", " >= ", " == ", " != ")
              + expression(Kind.INT, depth)
              + ")";
      case 1 ->
          "("
              + expression(Kind.TEXT, depth)
              + any(" == ", " != ", " < ")
              + expression(Kind.TEXT, depth)
              + ")";
      case 2 ->
          "("
              + expression(Kind.BOOL, depth)
              + any(" && ", " || ")
              + expression(any(Kind.values()), depth)
              + ")";
      case 3 -> "(!" + expression(any(Kind.values()), depth) + ")";
      case 4 ->
          expression(Kind.LIST, depth)
              + any(".isEmpty()", ".contains(1)", ".any { it }", ".every { it != null }");
      case 5 ->
          "("
              + expression(any(Kind.INT, Kind.TEXT), depth)
              + " in "
              + expression(Kind.LIST, depth)
              + ")";
      case 6 -> expression(Kind.MAP, depth) + ".containsKey('" + key() + "')";
      case 7 ->
          "("
              + expression(Kind.TEXT, depth)
              + any(" =~ /[a-c]+/", " ==~ /[a-z ]*/")
              + " ? true : false)";
      case 8 ->
          "("
              + expression(any(Kind.values()), depth)
              + " == "
              + expression(any(Kind.values()), depth)
              + ")";
      case 9 ->
          "("
              + expression(any(Kind.values()), depth)
              + " instanceof "
              + any("CharSequence", "Integer", "List", "Map", "Number")
              + ")";
      default ->
          expression(Kind.TEXT, depth)
              + any(".startsWith('a')", ".endsWith('c')", ".contains('b')", ".isNumber()");
    };
  }

  private String list(int depth) {
    return switch (random.nextInt(18)) {
      case 0, 1 ->
          "[" + expression(any(Kind.values()), depth) + ", " + expression(Kind.INT, depth) + "]";
      case 2 ->
          "("
              + expression(Kind.LIST, depth)
              + " + "
              + expression(any(Kind.LIST, Kind.INT), depth)
              + ")";
      case 3 ->
          expression(Kind.LIST, depth)
              + ".collect { x -> "
              + any("x", "\"<$x>\"", "[x]", "x == null")
              + " }";
      case 4 -> expression(Kind.LIST, depth) + ".findAll { it }";
      case 5 ->
          expression(Kind.LIST, depth)
              + any(".reverse()", ".unique(false)", ".flatten()", ".tail()", ".init()")
                  .replace(".tail()", ".drop(1)")
                  .replace(".init()", ".take(2)");
      case 6 -> "[3, " + literal(Kind.INT, depth) + ", 2].sort()";
      case 7 -> "['b', 'a', " + literal(Kind.TEXT, 3) + "].sort { it.toString().size() }";
      case 8 ->
          expression(Kind.TEXT, depth) + any(".split(',').toList()", ".tokenize(' ')", ".toList()");
      case 9 ->
          expression(Kind.MAP, depth)
              + any(".keySet().toList()", ".values().toList()", ".collect { k, v -> \"$k=$v\" }");
      case 10 ->
          "("
              + any("0", "1")
              + ".."
              + any("2", "3", "5")
              + ").collect { it "
              + any("* 2", "+ 1", "% 2")
              + " }";
      case 11 -> "(" + expression(Kind.LIST, depth) + " - " + expression(Kind.LIST, depth) + ")";
      case 12 -> expression(Kind.LIST, depth) + ".collate(2)";
      case 13 ->
          "["
              + expression(Kind.LIST, depth)
              + ", [1]].transpose()".replace("[", "[").replace("].transpose()", "]*.size()");
      case 14 -> expression(Kind.LIST, depth) + ".withIndex()";
      case 15 -> "[*" + literal(Kind.LIST, depth) + ", 9]";
      case 16 ->
          expression(Kind.LIST, depth)
              + ".groupBy { it.toString().size() }.collect { k, v -> v.size() }";
      default -> expression(Kind.LIST, depth) + "[" + any("0..1", "0..0", "-1..0") + "]";
    };
  }

  private String map(int depth) {
    return switch (random.nextInt(8)) {
      case 0 ->
          "["
              + key()
              + ": "
              + expression(any(Kind.values()), depth)
              + ", z: "
              + expression(Kind.INT, depth)
              + "]";
      case 1 -> "(" + expression(Kind.MAP, depth) + " + " + expression(Kind.MAP, depth) + ")";
      case 2 ->
          expression(Kind.MAP, depth)
              + ".findAll { k, v -> "
              + any("v", "k == 'a'", "v != null")
              + " }";
      case 3 -> expression(Kind.MAP, depth) + ".collectEntries { k, v -> [(k + '!'): v] }";
      case 4 -> expression(Kind.LIST, depth) + ".collectEntries { [(it.toString()): it] }";
      case 5 -> "[(" + expression(Kind.TEXT, depth) + ".toString()): 1]";
      case 6 -> expression(Kind.MAP, depth) + ".subMap(['a', 'b'])";
      default -> expression(Kind.MAP, depth) + ".sort { p, q -> q.key <=> p.key }";
    };
  }
}
