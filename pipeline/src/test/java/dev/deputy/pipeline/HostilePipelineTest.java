package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that mean harm: each ends soon, with an error that says what it was. */
class HostilePipelineTest {
  /** Far above what these take, far below what they would take without limits. */
  private static final Duration BOUND = Duration.ofSeconds(30);

  private static String times(String text, int count) {
    return text.repeat(count);
  }

  static Stream<Arguments> bombs() {
    return Stream.of(
        Arguments.of("endless loop", "while (true) { }", "operations"),
        Arguments.of("endless for", "for (;;) { }", "operations"),
        Arguments.of(
            "endless loop that catches",
            "while (true) { try { while (true) { } } catch (Throwable t) { } }",
            "operations"),
        Arguments.of(
            "endless loop in finally",
            "try { while (true) { } } finally { while (true) { } }",
            "operations"),
        Arguments.of("endless closure", "def f; f = { f() }; f()", "deep"),
        Arguments.of("endless method", "def f(n) { f(n + 1) }\nf(0)", "deep"),
        Arguments.of("endless parallel", "def f() { parallel a: { f() } }\nf()", "branches"),
        Arguments.of(
            "many branches",
            "def m = [:]; for (i in 1..5000) { m[\"b$i\"] = { echo 'x' } }; parallel m",
            "branches"),
        Arguments.of("doubling string", "def s = 'x'; while (true) { s += s }", "string"),
        Arguments.of("doubling list", "def l = [1]; while (true) { l += l }", "collection"),
        Arguments.of("long string", "'x' * 2000000000", "string"),
        Arguments.of("long list", "[1] * 2000000000", "collection"),
        Arguments.of("padding", "'x'.padLeft(2000000000)", "string"),
        Arguments.of("range", "(1..2000000000).collect { it }", "collection"),
        Arguments.of("range in a list", "[*(1..2000000000)]", "collection"),
        Arguments.of("range as index", "'x'[0..2000000000]", "out of bounds"),
        Arguments.of("element far away", "def l = []; l[2000000000] = 1", "collection"),
        Arguments.of(
            "kept strings", "def l = []; while (true) { l << 'x' * 1000000 }", "bytes of strings"),
        Arguments.of("replacement", "def s = 'a' * 100000; s.replace('a', s)", "string"),
        Arguments.of("regular replacement", "def s = 'a' * 100000; s.replaceAll('a', s)", "string"),
        Arguments.of(
            "combinations",
            "def l = (1..100).toList(); [l, l, l, l, l].combinations()",
            "collection"),
        Arguments.of("power", "9 ** 999999999", "digits"),
        Arguments.of("growing number", "def n = 1.5; while (true) { n = n * n }", "digits"),
        Arguments.of("tiny and huge", "1e999999999 + 1e-999999999", "digits"),
        Arguments.of("wide format", "String.format('%2000000000d', 1)", "wide"),
        Arguments.of("backtracking", "('a' * 300) ==~ ('(.*)' * 9 + 'x')", "operations"),
        Arguments.of("backtracking in split", "('a' * 40).split(/(a+)+\\1?c/)", "operations"),
        Arguments.of("nested repetitions", "'x' ==~ /((?:){9999}){9999}/", "repeats too often"),
        Arguments.of("deep pattern", "'x' ==~ ('(' * 50000 + ')' * 50000)", "Stack overflow"),
        Arguments.of("deep match", "('ab' * 500000) ==~ /(a|b)*c/", ""),
        Arguments.of("list in itself", "def l = []; l << l; \"${l}\"", "nested too deeply"),
        Arguments.of(
            "lists in each other",
            "def a = []; def b = [a]; a << b; a == [b]; \"$a\"",
            "nested too deeply"),
        Arguments.of("exponential list", "def l = ['x']; 60.times { l = [l, l] }; \"${l}\"", ""),
        Arguments.of(
            "exponential comparison",
            "def a = ['x']; def b = ['x']; 60.times { a = [a, a]; b = [b, b] }; a == b",
            "operations"),
        Arguments.of("list as key", "def l = []; [(l): 1]", "key"),
        Arguments.of(
            "list in itself as argument", "def l = []; l << l; value(l)", "nested too deeply"),
        Arguments.of("flatten", "def l = []; l << l; l.flatten()", "nested too deeply"),
        Arguments.of("chatty", "def s = 'x' * 1000000; while (true) { echo s }", "gave steps"),
        Arguments.of("growing while it is read", "def l = [1]; l.each { l << it }", "collection"),
        Arguments.of("closure as argument", "value([{ -> 1 }])", "Closure"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void runsOutOfBudgetSoonAndSaysWhy(String name, String source, String message) {
    Outcome outcome =
        assertTimeoutPreemptively(BOUND, () -> Pipelines.run(source, new RecordingHost()));
    assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
    assertThat(outcome.error()).hasValueSatisfying(error -> assertThat(error).contains(message));
  }

  static Stream<Arguments> parserBombs() {
    return Stream.of(
        Arguments.of("brackets", times("[", 100_000), "nested more than"),
        Arguments.of("braces", times("{", 5_000) + times("}", 5_000), "nested more than"),
        Arguments.of("blocks", times("if (a) {", 3_000) + times("}", 3_000), "nested more than"),
        Arguments.of("strings in strings", times("\"${", 3_000), "nested more than"),
        Arguments.of("negations", times("!", 50_000) + "x", "nested more than"),
        Arguments.of("ifs", times("if (a) ", 20_000) + "b", "nested more than"),
        Arguments.of("sum", "x = 1" + times(" + 1", 20_000), "nested more than"),
        Arguments.of("chain", "x" + times(".y", 20_000), "nested more than"),
        Arguments.of("calls", "x" + times("()", 20_000), "nested more than"),
        Arguments.of("conditions", times("a ? b : ", 20_000) + "c", "nested more than"),
        Arguments.of("assignments", times("a = ", 20_000) + "c", "nested more than"),
        Arguments.of("casts", times("(int) ", 20_000) + "1", "nested more than"),
        Arguments.of("types", "List" + times("<List", 5_000) + times(">", 5_000) + " x", "nested"),
        Arguments.of("length", times("echo 'x'\n", 200_000), "longer than"),
        Arguments.of("open ends", times("a(b{c[", 60), ""),
        Arguments.of("lambdas", times("a -> ", 2_000) + "b", ""),
        Arguments.of("ambiguity", "x = " + times("(a < b, c > ", 150) + times(")", 150), ""),
        Arguments.of("indented", times(" ", 400_000) + times("[", 400_000), "nested more than"),
        Arguments.of("closed", times("{\n", 300_000) + times("}", 300_000), "nested more than"),
        Arguments.of("zero bytes", "\0\0\0", ""),
        Arguments.of("surrogates", "echo '\uD800'; x\uDC00", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parserBombs")
  void isRefusedByTheParserSoon(String name, String source, String message) {
    String problems = assertTimeoutPreemptively(BOUND, () -> Pipelines.problems(source));
    assertThat(problems).contains(message);
  }

  @Test
  void manyStagesAreNotABomb() {
    StringBuilder source = new StringBuilder("pipeline {\n agent any\n stages {\n");
    for (int i = 0; i < 500; i++) {
      source.append("  stage('s").append(i).append("') { steps { echo 'x' } }\n");
    }
    Outcome outcome = Pipelines.run(source.append(" }\n}\n").toString(), new RecordingHost());
    assertThat(outcome.result()).isEqualTo(BuildResult.SUCCESS);
  }

  @Test
  void finallyAndPostStillRunWhenTheBudgetIsSpent() {
    RecordingHost host = new RecordingHost();
    Outcome outcome =
        Pipelines.run(
            """
            pipeline {
              agent none
              stages {
                stage('x') {
                  steps { script { try { while (true) { } } finally { echo 'finally' } } }
                }
              }
              post { always { echo 'post' } }
            }
            """,
            host);
    assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
    assertThat(host.log.toString()).contains("finally", "post");
  }

  @Test
  void dynamicNamesReachNothing() {
    for (String name :
        new String[] {"class", "metaClass", "classLoader", "declaredFields", "properties"}) {
      Outcome outcome = Pipelines.run("def n = '" + name + "'; 'x'.\"${n}\"", new RecordingHost());
      assertThat(outcome.error().orElse("")).contains("No such property");
    }
  }

  @Test
  void aHostThatSwallowsADenialDoesNotUndoIt() {
    RecordingHost host = new RecordingHost();
    host.answer(
        "node",
        call -> {
          throw new PipelineException.Denied("no grant");
        });
    host.answer(
        "catchError",
        call -> {
          try {
            return Objects.requireNonNull(call.body()).run(call.scope());
          } catch (PipelineException swallowed) {
            return swallowed.getMessage();
          }
        });
    Outcome outcome = Pipelines.run("catchError { node('x') { } }\necho 'never'", host);
    assertThat(outcome.denied()).isTrue();
    assertThat(outcome.error()).contains("ERROR: no grant");
    assertThat(host.log).noneMatch(line -> line.contains("never"));
  }

  @Test
  void aBodyMayNotRunOutsideTheBaton() {
    RecordingHost host = new RecordingHost();
    host.answer(
        "timestamps",
        call -> call.branch().await(() -> Objects.requireNonNull(call.body()).run(call.scope())));
    assertThatThrownBy(() -> Pipelines.run("timestamps { echo 'x' }", host))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("baton");
  }
}
