package dev.deputy.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A host that writes down what it is asked to do, and does what the steps of a pipeline's structure
 * do. Other steps return what a test {@linkplain #answer says}.
 */
final class RecordingHost implements PipelineHost, PipelineHost.CurrentBuild {
  /** The environment, agent and depth of a block. */
  record Block(RecordingHost host, Map<String, String> overrides, int depth) implements Scope {
    @Override
    public Map<String, String> environment() {
      Map<String, String> all = new LinkedHashMap<>(host.environment);
      all.putAll(overrides);
      return all;
    }

    Block inner(Map<String, String> more) {
      Map<String, String> all = new LinkedHashMap<>(overrides);
      all.putAll(more);
      return new Block(host, all, depth + 1);
    }
  }

  final Map<String, String> environment = new LinkedHashMap<>();
  final Map<String, Object> parameters = new LinkedHashMap<>();
  final List<String> log = new ArrayList<>();
  final List<StartCause> causes = new ArrayList<>(List.of(new StartCause.Person("alice")));
  private final Map<String, Function<StepCall, @Nullable Object>> answers = new LinkedHashMap<>();
  private final StepCatalog steps = new TestSteps();
  private @Nullable BuildResult result;
  @Nullable BuildResult previous;
  @Nullable Branch main;
  private String displayName = "#7";
  private @Nullable String description;

  /** What a step does from now on; the key is its name, or its name, a space and its argument. */
  RecordingHost answer(String step, Function<StepCall, @Nullable Object> answer) {
    answers.put(step, answer);
    return this;
  }

  RecordingHost with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  @Override
  public void started(Branch branch) {
    main = branch;
  }

  @Override
  public Instant now() {
    return Instant.parse("2026-01-02T03:04:05.678Z");
  }

  @Override
  public long random() {
    return 7;
  }

  @Override
  public StepCatalog steps() {
    return steps;
  }

  @Override
  public Scope rootScope() {
    return new Block(this, Map.of(), 0);
  }

  @Override
  public @Nullable Object run(StepCall call) {
    Block scope = (Block) call.scope();
    String lone = call.arguments().values().stream().map(String::valueOf).findFirst().orElse("");
    write(call.branch(), scope, describe(call));
    var answer = answers.getOrDefault(call.name() + " " + lone, answers.get(call.name()));
    if (answer != null) {
      return answer.apply(call);
    }
    return call.body() == null ? plain(call) : around(call, call.body(), scope);
  }

  private @Nullable Object plain(StepCall call) {
    return switch (call.name()) {
      case "error" -> throw new PipelineException.StepFailed(text(call, "message"));
      case "unstable" -> {
        setResult(BuildResult.UNSTABLE);
        yield null;
      }
      case "value" -> call.arguments().get("value");
      default -> null;
    };
  }

  private @Nullable Object around(StepCall call, StepCall.Body body, Block scope) {
    return switch (call.name()) {
      case "withEnv" -> body.run(scope.inner(overrides(call)));
      case "node" -> body.run(scope.inner(Map.of("NODE_NAME", text(call, "label"))));
      case "catchError" -> {
        try {
          yield body.run(scope.inner(Map.of()));
        } catch (PipelineException.Denied denied) {
          throw denied;
        } catch (PipelineException failure) {
          setResult(BuildResult.FAILURE);
          yield null;
        }
      }
      case "retry" -> retry(call, body, scope);
      default -> body.run(scope.inner(Map.of()));
    };
  }

  private static @Nullable Object retry(StepCall call, StepCall.Body body, Block scope) {
    int count = (int) Objects.requireNonNull(call.arguments().get("count"));
    for (int attempt = 1; true; attempt++) {
      try {
        return body.run(scope.inner(Map.of()));
      } catch (PipelineException.StepFailed failure) {
        if (attempt == count) {
          throw failure;
        }
      }
    }
  }

  private static Map<String, String> overrides(StepCall call) {
    Map<String, String> overrides = new LinkedHashMap<>();
    for (Object each : (List<?>) Objects.requireNonNull(call.arguments().get("overrides"))) {
      String text = (String) each;
      overrides.put(text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1));
    }
    return overrides;
  }

  private static String text(StepCall call, String name) {
    return String.valueOf(call.arguments().get(name));
  }

  private static String describe(StepCall call) {
    String arguments =
        call.arguments().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", "));
    return call.name() + (arguments.isEmpty() ? "" : "(" + arguments.replace("\n", "⏎") + ")");
  }

  private void write(Branch branch, Block scope, String line) {
    String name = branch.name().isEmpty() ? "" : "[" + branch.name() + "] ";
    log.add("  ".repeat(scope.depth()) + name + line);
  }

  @Override
  public void stageSkipped(String stage, Scope scope, String reason) {
    log.add("  ".repeat(((Block) scope).depth()) + "skipped: " + stage + " due to " + reason);
  }

  @Override
  public void say(Scope scope, Branch branch, String text) {
    write(branch, (Block) scope, "say: " + text);
  }

  @Override
  public Map<String, Object> parameters() {
    return parameters;
  }

  @Override
  public void setEnvironment(String name, String value) {
    environment.put(name, value);
    log.add("env." + name + " = " + value);
  }

  @Override
  public CurrentBuild currentBuild() {
    return this;
  }

  @Override
  public BuildResult currentResult() {
    return result == null ? BuildResult.SUCCESS : result;
  }

  @Override
  public @Nullable BuildResult result() {
    return result;
  }

  @Override
  public void setResult(BuildResult worse) {
    result = currentResult().worse(worse);
  }

  @Override
  public int number() {
    return 7;
  }

  @Override
  public String fullProjectName() {
    return "folder/job";
  }

  @Override
  public String displayName() {
    return displayName;
  }

  @Override
  public void setDisplayName(String value) {
    displayName = value;
  }

  @Override
  public @Nullable String description() {
    return description;
  }

  @Override
  public void setDescription(@Nullable String value) {
    description = value;
  }

  @Override
  public long durationMillis() {
    return 1234;
  }

  @Override
  public @Nullable BuildResult previousResult() {
    return previous;
  }

  @Override
  public List<StartCause> causes() {
    return causes;
  }
}
