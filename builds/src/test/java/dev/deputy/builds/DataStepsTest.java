package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.BuildState;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DataStepsTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  /** What {@code echo} printed. */
  private List<String> echoes(String code) {
    BuildOutcome outcome = bench.run("node('builder') {\n" + code + "\n}");
    assertThat(outcome.state()).as(bench.log()).isEqualTo(BuildState.SUCCESS);
    return bench
        .log()
        .lines()
        .filter(line -> line.startsWith("> "))
        .map(l -> l.substring(2))
        .toList();
  }

  private String failure(String code) {
    BuildOutcome outcome = bench.run("node('builder') {\n" + code + "\n}");
    assertThat(outcome.state()).as(bench.log()).isEqualTo(BuildState.FAILURE);
    return bench.log().lines().filter(l -> l.startsWith("ERROR: ")).collect(Collectors.joining());
  }

  @Test
  void jsonBecomesPlainValues() {
    assertThat(
            echoes(
                """
                writeFile file: 'a.json', text: '{"a": {"b": [1, 2.5, "x", null, true]}, "n": 12345678901}'
                def json = readJSON file: 'a.json'
                echo "> ${json.a.b[0] + 1} ${json.a.b[1]} ${json.a.b[2]} ${json.a.b[3]} ${json.a.b[4]}"
                json.a.c = 'new'
                echo "> ${json.a.c} ${json.n} ${json.missing}"
                echo "> ${readJSON(text: '[{"k": 1}]', returnPojo: true)[0].k}"
                """))
        .containsExactly("2 2.5 x null true", "new 12345678901 null", "1");
  }

  @Test
  void whatIsNoJsonFailsWithThePlace() {
    assertThat(failure("readJSON text: '{\"a\": }'"))
        .contains("readJSON: no JSON at line 1, column 7");
  }

  @Test
  void deeplyNestedJsonIsRefused() {
    assertThat(failure("readJSON text: '" + "[".repeat(5000) + "'")).contains("no JSON");
  }

  @Test
  void jsonNeedsExactlyOneSource() {
    assertThat(failure("readJSON file: 'a', text: '{}'"))
        .contains("Need to specify either file or text to readJSON, can't do both.");
  }

  @Test
  void valuesBecomeJson() {
    assertThat(
            echoes(
                """
                writeJSON file: 'b.json', json: [a: 1, b: ['x', null]]
                echo '> ' + readFile('b.json')
                echo '> ' + writeJSON(returnText: true, json: '{"z": "a\\\\" : b"}')
                writeJSON file: 'c.json', json: [a: [1]], pretty: 2
                echo '> ' + readFile('c.json').replace('\\n', '|')
                """))
        .containsExactly(
            "{\"a\":1,\"b\":[\"x\",null]}", "{\"z\":\"a\\\" : b\"}", "{|  \"a\": [|    1|  ]|}");
  }

  @Test
  void yamlBecomesPlainValues() {
    assertThat(
            echoes(
                """
                writeFile file: 'a.yaml', text: '''
                a: &x {b: [1, two, 3.5]}
                c: *x
                d: true
                e:
                '''.stripIndent()
                def yaml = readYaml file: 'a.yaml'
                echo "> ${yaml.c.b[0] + 1} ${yaml.a.b[1]} ${yaml.a.b[2]} ${yaml.d} ${yaml.e}"
                echo "> ${readYaml(text: 'a: 1\\n---\\na: 2').size()}"
                """))
        .containsExactly("2 two 3.5 true null", "2");
  }

  @Test
  void yamlTagsMakeNoObjects() {
    assertThat(failure("readYaml text: 'a: !!javax.script.ScriptEngineManager [x]'"))
        .contains("no YAML");
  }

  @Test
  void yamlAliasesThatGrowWithoutEndAreRefused() {
    String bomb =
        "a0: &a0 [x,x,x,x,x,x,x,x,x]\\n"
            + IntStream.rangeClosed(1, 9)
                .mapToObj(i ->
                    "a%d: &a%d [%s]".formatted(i, i, "*a" + (i - 1) + (",*a" + (i - 1)).repeat(8)))
                .collect(Collectors.joining("\\n"));
    assertThat(failure("readYaml text: '" + bomb + "'")).containsAnyOf("no YAML", "too large");
  }

  @Test
  void yamlThatHoldsItselfIsRefused() {
    assertThat(failure("readYaml text: '&a [*a]'")).containsAnyOf("no YAML", "too large");
  }

  @Test
  void valuesBecomeYaml() {
    assertThat(
            echoes(
                """
                writeYaml file: 'o.yaml', data: [a: 1, b: ['x', 2.5], c: [d: null]]
                echo '> ' + readFile('o.yaml').replace('\\n', '|')
                def back = readYaml file: 'o.yaml'
                echo "> ${back.b[1]} ${back.c.d}"
                """))
        .containsExactly("a: 1|b:|- x|- 2.5|c:|  d: null|", "2.5 null");
  }

  /** What YAML 1.1 takes for truth, numbers and dates, as PyYAML and many others do. */
  @Test
  void textsStayTextsForOlderReadersOfYaml() {
    String texts =
        "yes,No,on,OFF,y,N,1:30,1_000,010,0b11,0x1F,2020-01-01,2020-01-01T00:00:00Z,1.5,1.,true,~,<<,=";
    assertThat(
            echoes(
                """
                def texts = '%s'.split(',') as List
                echo '> ' + writeYaml(returnText: true, data: texts).readLines().join(' ')
                echo "> ${readYaml(text: writeYaml(returnText: true, data: texts)) == texts}"
                echo '> ' + writeYaml(returnText: true, data: [a: true, b: 1, c: 'yesterday', d: '1.2.3', e: 1.5]).replace('\\n', '|')
                """
                    .formatted(texts)))
        .containsExactly(
            Arrays.stream(texts.split(","))
                .map(t -> "- '" + t + "'")
                .collect(Collectors.joining(" ")),
            "true",
            "a: true|b: 1|c: yesterday|d: 1.2.3|e: 1.5|");
  }

  @Test
  void whatWasReadAsJsonIsJsonAsAText() {
    assertThat(
            echoes(
                """
                def j = readJSON text: '{"a": {"b": [1, "x", null]}, "c": "ü\\\\n"}'
                echo "> ${j}"
                echo '> ' + j.a.toString() + j.a.b
                j.d = [e: true]
                echo "> ${j} ${j.a.b[1]} ${j == [a: [b: [1, 'x', null]], c: 'ü\\n', d: [e: true]]}"
                echo "> ${readJSON(text: '{"a": 1}', returnPojo: true)} ${j.findAll { it.key == 'c' }.keySet()}"
                """))
        .containsExactly(
            "{\"a\":{\"b\":[1,\"x\",null]},\"c\":\"ü\\n\"}",
            "{\"b\":[1,\"x\",null]}[1,\"x\",null]",
            "{\"a\":{\"b\":[1,\"x\",null]},\"c\":\"ü\\n\",\"d\":{\"e\":true}} x true",
            "[a:1] [c]");
  }

  @Test
  void yamlDoesNotReplaceAFileUnlessAsked() {
    assertThat(failure("writeFile file: 'o', text: 'x'\nwriteYaml file: 'o', data: 1"))
        .contains("already exists");
  }

  @Test
  void propertiesBecomeAMap() {
    assertThat(
            echoes(
                """
                writeFile file: 'p', text: 'a=1\\nb = ${a}/x\\n# no\\nc=${zz}\\n'
                def p = readProperties file: 'p', defaults: [d: 'D', a: '0'], text: 'e=5', interpolate: true
                echo "> ${p}"
                echo "> ${readProperties(file: 'p').b}"
                """))
        .containsExactly("[a:1, b:1/x, c:${zz}, d:D, e:5]", "${a}/x");
  }

  @Test
  void propertiesThatReferToThemselvesFail() {
    assertThat(failure("readProperties text: 'a=x${a}', interpolate: true"))
        .contains("without an end");
  }

  @Test
  void filesAreFoundByPatterns() {
    assertThat(
            echoes(
                """
                sh 'mkdir -p a/b "w[1]"; echo 12345 > a/b/one.txt; echo x > a/two.txt; echo y > three.md; echo z > "w[1]/f.txt"; mkdir d.txt'
                echo '> ' + findFiles(glob: '**/*.txt').collect { it.path }.join(' ')
                echo '> ' + findFiles(glob: '**/*.txt', excludes: 'w*/**').collect { it.name + it.length }.join(' ')
                echo '> ' + findFiles().findAll { it.directory }.collect { it.name }.sort().join(' ')
                echo '> ' + findFiles(glob: 'w[1]/**').size() + findFiles(glob: 'none/*').size()
                dir('a') { echo '> ' + findFiles(glob: '*.txt')[0].path }
                """))
        .containsExactly(
            "a/b/one.txt a/two.txt w[1]/f.txt",
            "one.txt6 two.txt2",
            "a d.txt w[1]",
            "10",
            "two.txt");
  }

  @Test
  void versionsAreComparedByTheirParts() {
    assertThat(
            echoes(
                """
                echo '> ' + [compareVersions(v1: '1.10', v2: '1.9'), compareVersions(v1: '2', v2: '2.0'),
                  compareVersions(v1: '1.0-rc1', v2: '1.0')].join(' ')
                """))
        .containsExactly("1 0 -1");
  }

  @Test
  void theWorkspaceIsCleaned() {
    assertThat(
            echoes(
                """
                sh 'mkdir -p a; touch a/b c .d'
                cleanWs()
                echo '> ' + findFiles().size()
                """))
        .containsExactly("0");
    assertThat(bench.log())
        .contains("[WS-CLEANUP] Deleting project workspace...\n[WS-CLEANUP] done\n");
  }

  @Test
  void onlyWhatPatternsSelectIsCleaned() {
    assertThat(
            echoes(
                """
                sh 'mkdir -p t/x k/x; touch t/x/1 "t/a b" k/x/2 k/3'
                cleanWs(deleteDirs: true, patterns: [[pattern: 't/**', type: 'INCLUDE'], [pattern: 't/x/**', type: 'EXCLUDE']])
                echo '> ' + sh(script: 'find . -type f | sort | tr "\\\\n" " "', returnStdout: true)
                """))
        .containsExactly("./k/3 ./k/x/2 ./t/x/1 ");
  }

  @Test
  void theWorkspaceStaysWhereTheResultSaysSo() {
    bench.run(
        "node('builder') { touch(); }\n"
            .replace(
                "touch();",
                "unstable 'x'; sh 'touch a'; cleanWs(cleanWhenUnstable: false); sh 'ls a'"));
    assertThat(bench.log()).contains("[WS-CLEANUP] Skipped based on build state UNSTABLE");
  }
}
