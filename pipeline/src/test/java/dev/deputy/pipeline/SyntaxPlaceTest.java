package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a text is not Groovy, and that there is advice what to do. */
class SyntaxPlaceTest {
  /** Each with its place when it begins at 3:3 inside of a block, and a part of the hint. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("def x = 1 +", "3:13", "after '+'"),
        Arguments.of("def x = [1 2]", "3:14", "comma"),
        Arguments.of("def x = [a: 1, b: ]", "3:21", "after ':'"),
        Arguments.of("def x = [a: 1\n b: 2]", "4:2", "comma"),
        Arguments.of("def m = [a 1]", "3:14", "a: 1"),
        Arguments.of("if (x == ) {\n }", "3:12", "after '=='"),
        Arguments.of("if (a && ) { }", "3:12", "after '&&'"),
        Arguments.of("if x == 1 {\n }", "3:6", "if (condition)"),
        Arguments.of("if (a) { echo 'x' } else if { }", "3:31", "if (condition)"),
        Arguments.of("if (a = = b) { }", "3:11", "value between"),
        Arguments.of("if (a == b)) { }", "3:14", "remove"),
        Arguments.of("for (i in ) {\n }", "3:13", "after 'in'"),
        Arguments.of("for x in y {\n }", "3:7", "for (x in list)"),
        Arguments.of("for (int i = 0; i < 3, i++) { }", "3:24", "understood"),
        Arguments.of("else {\n }", "3:3", "if (condition)"),
        Arguments.of("catch (Exception e) {\n }", "3:3", "try {"),
        Arguments.of("finally {\n }", "3:3", "try {"),
        Arguments.of("case 1: echo 'x'", "3:3", "switch"),
        Arguments.of("a ? b", "3:5", "condition ?"),
        Arguments.of("x =+= 3", "3:6", "value between"),
        Arguments.of("a => b", "3:6", "value between"),
        Arguments.of("switch (x) {\n case 1\n  echo 'x'\n }", "4:8", "colon"),
        Arguments.of("switch (x) {\n default\n  echo 'x'\n }", "4:9", "default:"),
        Arguments.of("switch {\n case 1: echo 'x'\n }", "3:10", "switch (value)"),
        Arguments.of("while {\n }", "3:9", "while (condition)"),
        Arguments.of("def def = 3", "3:7", "another name"),
        Arguments.of("def class = 3", "3:7", "another name"),
        Arguments.of("def 1x = 2", "3:7", "letter"),
        Arguments.of("def x = 3 def y = 4", "3:13", "line of its own"),
        Arguments.of("def f(a) { }", "3:8", "out of all blocks"),
        Arguments.of("return return", "3:10", "line of its own"),
        Arguments.of("x = new", "3:7", "this line"),
        Arguments.of("throw", "3:3", "after 'throw'"),
        Arguments.of("sh script: 'x' returnStdout: true", "3:18", "comma"),
        Arguments.of("sh(script: 'x', returnStdout true)", "3:32", "returnStdout: true"),
        Arguments.of("timeout(time: 1 unit: 'MINUTES') {\n }", "3:19", "comma"),
        Arguments.of("parallel a: { echo 'x' } b: { echo 'y' }", "3:28", "comma"),
        Arguments.of("expression { x == }", "3:21", "after '=='"),
        Arguments.of("if [ -f x ]; then\n echo 'a'\n fi", "3:6", "shell"),
        Arguments.of("mkdir -p foo/bar", "3:12", "shell"),
        Arguments.of("@echo 'x'", "3:3", "'@'"),
        Arguments.of("/* open", "3:3", "*/"),
        Arguments.of("def x = /abc", "3:11", "'/'"),
        Arguments.of("# don't", "3:3", "//"),
        Arguments.of("`ls`", "3:3", "sh '"),
        Arguments.of("echo \"$1\"", "3:10", "\\$"),
        Arguments.of("echo \"$\"", "3:10", "\\$"),
        Arguments.of("echo \"\\d\"", "3:9", "backslash"),
        Arguments.of("echo \"${x == }\"", "3:16", "after '=='"),
        Arguments.of("echo 'it's'", "3:13", "same line"),
        Arguments.of("try {\n }", "3:3", "catch (Exception e)"),
        Arguments.of("echo ‘x’", "3:8", "plain quotes"),
        Arguments.of("echo “x”", "3:8", "plain quotes"),
        Arguments.of("list.each { a, b ->\n  def c = [1 2]\n }", "4:14", "comma"),
        Arguments.of(
            "dir('a') {\n  dir('b') {\n   x = (1 + * 2)\n  }\n }", "5:13", "value between"),
        Arguments.of("if (a == 2 x) { echo 'y' }", "3:14", "operator"),
        Arguments.of("x = a ?\n  dir('b') {\n  }\n  def y = 3", "3:9", "condition ?"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void showsTheMistakeInAScript(String mistake, String place, String hint) {
    assertThat(first("node {\n  echo 'a'\n  " + mistake + "\n  echo 'b'\n}\n"))
        .satisfies(problem -> assertThat(place(problem)).isEqualTo(place))
        .satisfies(problem -> assertThat(problem.hint()).contains(hint));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void showsTheMistakeInAStage(String mistake, String place, String hint) {
    String file =
        """
        pipeline { stages { stage('x') { steps { script {
          echo 'a'
          @
          echo 'b'
        } } } } }
        """;
    assertThat(first(file.replace("@", mistake)))
        .satisfies(problem -> assertThat(place(problem)).isEqualTo(place))
        .satisfies(problem -> assertThat(problem.hint()).contains(hint));
  }

  /** Right before the brace that closes the block. */
  static Stream<Arguments> openEnds() {
    return Stream.of(
        Arguments.of("def x = 1 +", "2:13"),
        Arguments.of("echo 'a' +", "2:12"),
        Arguments.of("A =", "2:5"),
        Arguments.of("a..b.", "2:7"),
        Arguments.of("a ? b", "2:5"),
        Arguments.of("x = a ? b :", "2:13"),
        Arguments.of("x = new", "2:7"));
  }

  @ParameterizedTest
  @MethodSource("openEnds")
  void showsWhatLacksItsRightSide(String mistake, String place) {
    Problem problem = first("environment {\n  " + mistake + "\n}\n");
    assertThat(place(problem)).isEqualTo(place);
    assertThat(problem.hint()).isNotEmpty();
  }

  @Test
  void namesTheBlockThatWasNotClosed() {
    assertThat(first("node {\n  if (x) {\n    echo 'x'\n  echo 'y'\n}\n").hint())
        .isEqualTo("the '{' opened at line 2, column 10 is not closed");
    assertThat(first("node {\n  dir('x') {\n    echo 'y'\n  }\n").hint())
        .isEqualTo("the '{' opened at line 1, column 6 is not closed");
  }

  @Test
  void namesTheBraceThatClosedTheWrongBlock() {
    assertThat(first("node {\n  dir('x')\n    echo 'x'\n  }\n  echo 'y'\n}\n").hint())
        .isEqualTo(
            "the '{' of line 1 is closed at line 4, column 3 already: is a '{' missing between"
                + " them?");
  }

  @Test
  void showsTheLineWithACaretAndAHint() {
    assertThat(first("node {\n  def x = [1 2]\n}\n").format())
        .isEqualTo(
            """
            Jenkinsfile:2:14: expected ',' before '2'
             2 |   def x = [1 2]
               |              ^
                 hint: a comma is missing between this and what stands before it\
            """);
  }

  private static Problem first(String text) {
    List<Problem> problems = problems(text);
    assertThat(problems).isNotEmpty();
    return problems.getFirst();
  }

  private static List<Problem> problems(String text) {
    Source source = Source.of("Jenkinsfile", text);
    Findings findings = new Findings(source);
    assertThat(GroovySyntax.parse(source, findings)).isEmpty();
    return findings.errors();
  }

  private static String place(Problem problem) {
    return problem.position().line() + ":" + problem.position().column();
  }
}
