package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Classes of files and libraries, and script objects. */
class ClassesTest {
  private final RecordingHost host = new RecordingHost();

  private List<String> echoed(String source) {
    Outcome outcome = Pipelines.run(source, host);
    assertThat(outcome.error()).isEmpty();
    return host.log.stream()
        .filter(line -> line.strip().startsWith("echo("))
        .map(line -> line.strip().replaceFirst("^echo\\(message=(.*)\\)$", "$1"))
        .toList();
  }

  private String failure(String source) {
    return Pipelines.run(source, host).error().orElse("none");
  }

  @Test
  void objectsHaveFieldsPropertiesAndMethods() {
    assertThat(
            echoed(
                """
                class Person implements Serializable {
                  String name
                  int age = 7
                  private List tags = []
                  static int count = 0
                  static final String KIND = 'human'
                  Person() { count++ }
                  Person(String name, int age = 30) { this.name = name; this.age = age; count++ }
                  def tag(t) { tags << t; this }
                  String getLabel() { "${name}/${age}" }
                  void setLabel(String l) { (name, age) = [l, 1] }
                  String toString() { "Person($name)" }
                  boolean equals(o) { o instanceof Person && o.name == name }
                  def plus(Person other) { new Person(name: name + other.name) }
                  def call(x) { "called $x" }
                  def getAt(i) { name[i] }
                }
                def a = new Person(name: 'Ann')
                def b = new Person('Bob')
                echo "$a ${a.age} ${b.age} ${b.label} ${a.getName()} ${Person.count} ${Person.KIND}"
                b.label = 'Rob'
                b.setAge(9)
                echo "${b.name} ${b.age} ${a + b} ${a == new Person('Ann')} ${a != b}"
                echo b('x') + b[0] + b.tag('q').tag('r').tags
                """))
        .containsExactly(
            "Person(Ann) 7 30 Bob/30 Ann 2 human",
            "Rob 9 Person(AnnRob) true true",
            "called xR[q, r]");
  }

  @Test
  void classesInheritAndOverride() {
    assertThat(
            echoed(
                """
                interface Shape { def area() }
                abstract class Base implements Shape {
                  protected String name
                  Base(String name) { this.name = name }
                  def describe() { "${name}: ${area()}" }
                  static Base of(int side) { new Square(side) }
                }
                class Square extends Base {
                  int side
                  Square(int side) { super('square'); this.side = side }
                  def area() { side * side }
                  def describe() { super.describe() + '!' }
                }
                def s = Base.of(3)
                echo s.describe()
                echo "${s instanceof Shape} ${s instanceof Square} ${s instanceof String}"
                """))
        .containsExactly("square: 9!", "true true false");
  }

  @Test
  void methodsAreChosenByTypeAndNumberOfArguments() {
    assertThat(
            echoed(
                """
                class O {
                  def f(String s) { 'string' }
                  def f(int i) { 'int' }
                  def f(List l) { 'list' }
                  def f(Object o) { 'object' }
                  def f(a, b) { 'two' }
                  def g(String... rest) { rest.size() }
                  def h(Map m, String s) { "$m $s" }
                }
                def o = new O()
                echo "${o.f('x')} ${o.f(1)} ${o.f([])} ${o.f([:])} ${o.f(1, 2)} ${o.g()} ${o.g('a', 'b')}"
                echo o.h('x', k: 1)
                def m(String s) { 's' }
                def m(int i, int j = 2) { i + j }
                echo "${m('x')} ${m(1)} ${m(1, 1)}"
                """))
        .containsExactly("string int list object two 0 2", "[k:1] x", "s 3 2");
  }

  @Test
  void enumsHaveConstants() {
    assertThat(
            echoed(
                """
                enum Color {
                  RED('r'), GREEN('g')
                  final String code
                  Color(String code) { this.code = code }
                  def twice() { code * 2 }
                }
                enum Plain { A, B, C }
                echo "${Color.RED} ${Color.GREEN.code} ${Color.RED.twice()} ${Plain.values()} ${Plain.B.ordinal()}"
                echo "${Color.valueOf('RED') == Color.RED} ${Plain.A < Plain.B} ${'A' as Plain} ${Plain.C.name()}"
                switch (Color.RED) { case Color.GREEN: echo 'no'; break; case Color.RED: echo 'yes' }
                """))
        .containsExactly("RED g rr [A, B, C] 1", "true true A C", "yes");
  }

  @Test
  void exceptionsOfOneOwnAreCaughtByTheirTypeAndTheirParents() {
    assertThat(
            echoed(
                """
                class Broken extends Exception {
                  int code
                  Broken(String m, int code) { super(m); this.code = code }
                }
                class Worse extends Broken { Worse() { super('worse', 2) } }
                try { throw new Broken('bad', 1) } catch (Broken e) { echo "${e.message} ${e.code} $e" }
                try { throw new Worse() } catch (IllegalStateException e) { echo 'no' } catch (Broken e) { echo "${e.code}" }
                try { throw new Worse() } catch (Exception e) { echo "${e.getMessage()} ${e instanceof Worse}" }
                """))
        .containsExactly("bad 1 Broken: bad", "2", "worse true");
    assertThat(failure("class E extends Exception { E(m) { super(m) } }\nthrow new E('end')"))
        .startsWith("ERROR: E: end");
  }

  @Test
  void aClassReachesStepsOnlyThroughTheScriptObject() {
    assertThat(
            echoed(
                """
                class Tool implements Serializable {
                  def steps
                  Tool(steps) { this.steps = steps }
                  def run(x) {
                    steps.echo "run $x"
                    steps.node('a') { steps.sh "go $x"; steps.echo 'inside' }
                    steps.env.KEY
                  }
                  def bare() { echo 'no' }
                }
                def local(x) { "local $x" }
                env.KEY = 'v'
                echo new Tool(this).run('y')
                echo this.local(1)
                this.echo 'this'
                steps.echo 'steps'
                try { new Tool(this).bare() } catch (MissingMethodException e) { echo e.message }
                """))
        .contains("run y", "inside", "v", "local 1", "this", "steps")
        .last()
        .isEqualTo(
            "No signature of method: Tool.echo() is applicable for argument types:"
                + " (java.lang.String) values: [no]");
  }

  @Test
  void nestedClassesSeeTheStaticMembersAroundThem() {
    assertThat(
            echoed(
                """
                class Outer {
                  static int n = 3
                  static class Inner { def v() { n + 1 } }
                  class Bound { def v() { name } }
                  String name = 'o'
                  def bound() { new Bound() }
                }
                echo "${new Outer.Inner().v()} ${new Outer().bound().v()}"
                """))
        .containsExactly("4 o");
  }

  @Test
  void librariesBringVariablesAndClasses() {
    host.answer(
        "library",
        call ->
            new LoadedCode.Library(
                "lib",
                Map.of(
                    "greet",
                    """
                    import org.acme.Tool
                    import groovy.transform.Field
                    @Field def count = 0
                    def call(String name = 'you') { count++; echo "hello $name"; this.twice(count) }
                    def twice(n) { n * 2 }
                    def tool() { new Tool(this) }
                    """,
                    "wrap",
                    "def call(Map m, Closure body) { echo \"${m.n}\"; body(); body.delegate = m;"
                        + " body() }"),
                Map.of(
                    "org.acme.Tool",
                    """
                    package org.acme
                    class Tool extends Base {
                      static final X = 'x'
                      Tool(script) { super(script) }
                      def run() { script.echo "tool ${Other.NAME}"; script.greet('tool') }
                      static make(script) { new Tool(script) }
                    }
                    """,
                    "org.acme.Base",
                    "package org.acme\nclass Base { def script; Base(s) { script = s } }",
                    "org.acme.Other",
                    "package org.acme\nclass Other { static NAME = 'other' }")));
    assertThat(
            echoed(
                """
                @Library('lib@1') _
                import org.acme.Tool
                echo "${greet()} ${greet 'x'} ${greet.twice(5)}"
                greet.tool().run()
                new Tool(this).run()
                echo Tool.X + org.acme.Tool.X
                wrap(n: 1) { echo "in ${this}" }
                """))
        .containsExactly(
            "hello you",
            "hello x",
            "2 4 10",
            "tool other",
            "hello tool",
            "tool other",
            "hello tool",
            "xx",
            "1",
            "in WorkflowScript",
            "in WorkflowScript");
    assertThat(host.log.getFirst()).isEqualTo("library(identifier=lib@1)");
    host.log.clear();
    assertThat(echoed("def l = library('lib')\nl.org.acme.Tool.new(this).run()"))
        .containsExactly("tool other", "hello tool");
  }

  @Test
  void loadedFilesReturnTheirScriptObject() {
    host.answer(
        "load",
        call ->
            new LoadedCode.Script(
                "x.groovy",
                """
                shared = 'set'
                def f(x) { "f $x $shared" }
                def call() { 'called' }
                return this\
                """));
    assertThat(echoed("def x = load 'x.groovy'\necho x.f(1)\necho x()\necho shared"))
        .containsExactly("f 1 set", "called", "set");
  }
}
