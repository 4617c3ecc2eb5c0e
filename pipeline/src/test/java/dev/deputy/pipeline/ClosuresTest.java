package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Delegates, owners and the steps that closures reach through them; statements that jump. */
class ClosuresTest {
  private final RecordingHost host = new RecordingHost();

  private List<String> echoed(String source) {
    Outcome outcome = Pipelines.run(source, host);
    assertThat(outcome.error()).isEmpty();
    return host.log.stream()
        .filter(line -> line.strip().startsWith("echo("))
        .map(line -> line.strip().replaceFirst("^echo\\(message=(.*)\\)$", "$1"))
        .toList();
  }

  @Test
  void aDelegateIsAskedByStrategy() {
    assertThat(
            echoed(
                """
                class Conf { def name = 'none'; def items = []; def item(x) { items << x } }
                def configure(Closure body) {
                  def conf = new Conf()
                  body.delegate = conf
                  body.resolveStrategy = Closure.DELEGATE_FIRST
                  body()
                  conf
                }
                def c = configure { name = 'set'; item 'a'; item 'b'; echo "in $name" }
                echo "${c.name} ${c.items}"
                def m = [:]
                def b = { x = 1; y = 2 }
                b.resolveStrategy = Closure.DELEGATE_FIRST
                b.delegate = m
                b()
                echo "$m"
                """))
        .containsExactly("in set", "set [a, b]", "[x:1, y:2]");
  }

  @Test
  void withAndTapRunOnTheirObject() {
    assertThat(
            echoed(
                """
                echo 'abc'.with { toUpperCase() + size() }
                echo "${[1, 2].tap { add 3 }}"
                echo "${[a: 1].with { a + 1 }}"
                """))
        .containsExactly("ABC3", "[1, 2, 3]", "2");
  }

  @Test
  void closuresAreCurriedComposedAndRemembered() {
    assertThat(
            echoed(
                """
                def add = { a, b -> a + b }
                def twice = { it * 2 }
                echo "${add.curry(1)(2)} ${add.rcurry('x')('y')} ${(twice >> { it + 1 })(3)} ${(twice << { it + 1 })(3)}"
                int calls = 0
                def f = { calls++; it }.memoize()
                f(1); f(1); f(2)
                echo "$calls"
                def fact
                fact = { n -> n < 2 ? 1 : n * fact(n - 1) }
                echo "${fact(5)} ${[3, 1, 2].collect(this.&inc)} ${['a', 'b'].collect(String::toUpperCase)}"
                def inc(x) { x + 1 }
                """))
        .containsExactly("3 yx 7 8", "2", "120 [4, 2, 3] [A, B]");
  }

  @Test
  void labelsLeaveAndGoOnWithOuterLoops() {
    assertThat(
            echoed(
                """
                def seen = []
                outer:
                for (i in 1..3) {
                  for (j in 1..3) {
                    if (j == 2) continue outer
                    if (i == 3) break outer
                    seen << "$i$j"
                  }
                }
                echo "$seen"
                def name = 'ech' + 'o'
                "$name"('by name')
                this."$name" 'of this'
                echo 'x'."to${'UpperCase'}"()
                """))
        .containsExactly("[11, 21]", "by name", "of this", "X");
  }

  @Test
  void anAssertionSaysWhatItAsserted() {
    assertThat(Pipelines.run("def x = 1\nassert x == 2", host).error().orElseThrow())
        .contains("assert x == 2");
    assertThat(Pipelines.run("def x = 1\nassert x == 2 : 'odd'", host).error().orElseThrow())
        .contains("odd. Expression: (x == 2). Values: x = 1");
  }
}
