package dev.deputy.pipeline;

import dev.deputy.pipeline.PipelineBlock.Axis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code axes} and {@code excludes} of a {@code matrix} and combines them into cells. */
final class MatrixReader {
  /** So many that a slip is likelier than a wish. */
  private static final int MOST_CELLS = 2_000;

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Sections sections;
  private final Findings findings;

  MatrixReader(Sections sections) {
    this.sections = sections;
    this.findings = sections.findings();
  }

  /** Some values of one axis; of an exclude also all but these. */
  private record Values(Position at, String axis, List<String> values, boolean others) {
    boolean has(String value) {
      return values.contains(value) != others;
    }
  }

  /**
   * The cells, the last axis turning fastest; empty where something is wrong, which is reported.
   *
   * @param found the sections of the matrix
   */
  List<List<Axis>> cells(Expression.Call matrix, Map<String, Expression.Call> found) {
    List<Values> axes = axes(matrix, found.get("axes"));
    List<List<Values>> excludes = new ArrayList<>();
    Optional.ofNullable(found.get("excludes"))
        .flatMap(section -> filled(section, "no exclude is in it"))
        .ifPresent(block -> excludes.addAll(excludes(block, axes)));
    long count =
        axes.stream().mapToLong(axis -> axis.values().size()).reduce(1, Math::multiplyExact);
    if (count > MOST_CELLS) {
      findings.error(
          matrix.at(),
          "the matrix has " + count + " cells (expected: at most " + MOST_CELLS + ")",
          "leave out values");
      return List.of();
    }
    List<List<Axis>> cells = List.of(List.of());
    for (Values axis : axes) {
      cells =
          cells.stream()
              .flatMap(cell -> axis.values().stream().map(v -> with(cell, axis, v)))
              .toList();
    }
    return cells.stream()
        .filter(cell -> excludes.stream().noneMatch(exclude -> matches(exclude, cell)))
        .toList();
  }

  private static List<Axis> with(List<Axis> cell, Values axis, String value) {
    List<Axis> more = new ArrayList<>(cell);
    more.add(new Axis(axis.axis(), value));
    return List.copyOf(more);
  }

  private static boolean matches(List<Values> exclude, List<Axis> cell) {
    return !exclude.isEmpty()
        && exclude.stream()
            .allMatch(part ->
                cell.stream()
                    .anyMatch(axis -> axis.name().equals(part.axis()) && part.has(axis.value())));
  }

  private Optional<Statement.Block> filled(Expression.Call section, String otherwise) {
    Optional<Statement.Block> block = sections.block(section);
    if (block.isPresent() && block.get().statements().isEmpty()) {
      findings.error(
          section.at(),
          "'" + section.name() + "' is empty: " + otherwise,
          "write axis { name 'X'; values 'a', 'b' }");
      return Optional.empty();
    }
    return block;
  }

  private List<Values> axes(Expression.Call matrix, Expression.@Nullable Call section) {
    if (section == null) {
      findings.error(
          matrix.at(), "'matrix' has no 'axes'", "add axes { axis { name 'X'; values 'a', 'b' } }");
      return List.of();
    }
    List<Values> axes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Optional<Statement.Block> block = filled(section, "no axis is in it");
    for (Expression.Call call : block.map(b -> sections.calls(b, "axes")).orElse(List.of())) {
      axis(call, Set.of("name", "values"))
          .ifPresent(axis -> {
            if (!names.add(axis.axis())) {
              findings.error(
                  axis.at(), "there is already an axis '" + axis.axis() + "'", "name it otherwise");
            } else {
              axes.add(axis);
            }
          });
    }
    return axes;
  }

  private List<List<Values>> excludes(Statement.Block block, List<Values> axes) {
    List<List<Values>> excludes = new ArrayList<>();
    for (Expression.Call exclude : sections.calls(block, "excludes")) {
      if (!exclude.name().equals("exclude")) {
        findings.error(
            exclude.at(),
            "'" + exclude.name() + "' cannot stand in 'excludes'",
            "only exclude { axis { … } } can");
        continue;
      }
      Map<String, Values> parts = new LinkedHashMap<>();
      Optional<Statement.Block> inner = filled(exclude, "no axis is in it");
      for (Expression.Call call : inner.map(b -> sections.calls(b, "exclude")).orElse(List.of())) {
        axis(call, Set.of("name", "values", "notValues"))
            .ifPresent(part -> {
              if (parts.putIfAbsent(part.axis(), part) != null) {
                findings.error(
                    part.at(),
                    "axis '" + part.axis() + "' stands in this exclude a second time",
                    "put both together");
              }
              checkKnown(part, axes);
            });
      }
      excludes.add(List.copyOf(parts.values()));
    }
    return excludes;
  }

  private void checkKnown(Values part, List<Values> axes) {
    Optional<Values> axis = axes.stream().filter(a -> a.axis().equals(part.axis())).findFirst();
    List<String> names = axes.stream().map(Values::axis).toList();
    if (axis.isEmpty()) {
      findings.error(
          part.at(),
          "the matrix has no axis '" + part.axis() + "'",
          Suggestion.hint(part.axis(), names));
      return;
    }
    for (String value : part.values()) {
      if (!axis.get().values().contains(value)) {
        findings.error(
            part.at(),
            "axis '" + part.axis() + "' has no value '" + value + "'",
            "it has " + String.join(", ", axis.get().values()));
      }
    }
  }

  /** One {@code axis}; empty after reporting what is wrong with it. */
  private Optional<Values> axis(Expression.Call call, Set<String> keywords) {
    if (!call.name().equals("axis")) {
      findings.error(
          call.at(),
          "'" + call.name() + "' is no axis",
          "write axis { name 'X'; values 'a', 'b' }");
      return Optional.empty();
    }
    Optional<Statement.Block> block = sections.block(call);
    if (block.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Expression.Call> found = sections.known(block.get(), "axis", keywords, Map.of());
    Expression.Call name = found.get("name");
    Expression.Call values =
        found.containsKey("values") ? found.get("values") : found.get("notValues");
    if (name == null) {
      findings.error(call.at(), "the axis has no 'name'", "add name 'X'");
    }
    if (values == null) {
      findings.error(call.at(), "the axis has no 'values'", "add values 'a', 'b'");
    } else if (found.containsKey("values") && found.containsKey("notValues")) {
      findings.error(call.at(), "the axis has both 'values' and 'notValues'", "keep one of them");
    }
    if (name == null || values == null) {
      return Optional.empty();
    }
    Optional<String> text = sections.single(name, "a text").flatMap(this::text);
    text.ifPresent(axis -> checkVariable(name, axis));
    List<String> all = values(values);
    return text.map(axis -> new Values(call.at(), axis, all, values.name().equals("notValues")));
  }

  private void checkVariable(Expression.Call name, String axis) {
    if (!VARIABLE.matcher(axis).matches()) {
      findings.error(
          name.arguments().getFirst().at(),
          "'" + axis + "' is no name of a variable",
          "an axis is a variable of the environment: letters, digits and _, no digit first");
    }
  }

  private List<String> values(Expression.Call call) {
    List<String> values = new ArrayList<>();
    if (call.arguments().isEmpty()) {
      findings.error(call.at(), "'" + call.name() + "' is empty", "write values 'a', 'b'");
    }
    for (Expression expression : call.arguments()) {
      text(expression)
          .ifPresent(value -> {
            if (values.contains(value)) {
              findings.error(expression.at(), "'" + value + "' is there already", "remove it");
            } else {
              values.add(value);
            }
          });
    }
    return List.copyOf(values);
  }

  private Optional<String> text(Expression expression) {
    Object value = sections.literal(expression, "what an axis consists of");
    if (value == null || value instanceof String) {
      return Optional.ofNullable((String) value);
    }
    if (value instanceof List<?>) {
      findings.error(
          expression.at(), "a value of an axis is a text, not a list", "write values 'a', 'b'");
      return Optional.empty();
    }
    return Optional.of(value.toString());
  }
}
