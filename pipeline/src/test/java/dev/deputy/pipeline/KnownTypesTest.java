package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes of Java's and Groovy's libraries; the host says the time and what is random. */
class KnownTypesTest {
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
  void theTimeIsTheHosts() {
    assertThat(
            echoed(
                """
                import java.text.SimpleDateFormat
                import java.time.*
                import java.time.format.DateTimeFormatter
                def now = new Date()
                echo "${now.format('yyyyMMdd-HHmmss')} ${now.time} ${System.currentTimeMillis()} $now"
                echo new SimpleDateFormat("yyyy-MM-dd'T'HH:mm").format(now)
                def f = new SimpleDateFormat('HH:mm z'); f.timeZone = TimeZone.getTimeZone('Europe/Berlin'); echo f.format(now)
                echo "${now + 1} ${(now + 3) - now} ${now < now + 1} ${new Date(0).time}"
                echo "${LocalDate.now()} ${LocalDate.now().plusDays(40)} ${LocalDateTime.now().format(DateTimeFormatter.ofPattern('yyyy.MM.dd'))}"
                echo "${Instant.now()} ${Duration.ofMinutes(90).toHours()} ${Duration.between(Instant.now(), Instant.now().plusSeconds(5)).seconds}"
                """))
        .containsExactly(
            "20260102-030405 1767323045678 1767323045678 Fri Jan 02 03:04:05 UTC 2026",
            "2026-01-02T03:04",
            "04:04 CET",
            "Sat Jan 03 03:04:05 UTC 2026 3 true 0",
            "2026-01-02 2026-02-11 2026.01.02",
            "2026-01-02T03:04:05.678Z 1 5");
  }

  @Test
  void whatIsRandomIsTheHosts() {
    assertThat(
            echoed(
                "echo UUID.randomUUID().toString()\necho \"${new Random().nextInt(10)}"
                    + " ${Math.random() < 1}\""))
        .containsExactly("00000000-0000-4007-8000-000000000001", "7 true");
  }

  @Test
  void jsonIsReadAndWritten() {
    assertThat(
            echoed(
                """
                import groovy.json.JsonOutput
                import groovy.json.JsonSlurperClassic
                def o = new JsonSlurperClassic().parseText('{"a": [1, 2.5, null, true], "b": {"c": "x\\\\u00e9\\\\n"}, "d": 12345678901}')
                echo "${o.a} ${o.b.c.size()} ${o.d instanceof Long} ${o.a[1] instanceof BigDecimal}"
                echo JsonOutput.toJson([a: 1, b: ['x', null, true], c: [:], d: 'é"'])
                echo JsonOutput.prettyPrint(JsonOutput.toJson([a: [1], b: [:]]))
                echo new groovy.json.JsonBuilder([k: 'v']).toString()
                try { new groovy.json.JsonSlurper().parseText('{"a": }') } catch (groovy.json.JsonException e) { echo e.message }
                """))
        .containsExactly(
            "[1, 2.5, null, true] 3 true true",
            "{\"a\":1,\"b\":[\"x\",null,true],\"c\":{},\"d\":\"\\u00e9\\\"\"}",
            "{⏎    \"a\": [⏎        1⏎    ],⏎    \"b\": {⏎        ⏎    }⏎}",
            "{\"k\":\"v\"}",
            "this is not JSON: expected a value, found '}' at character 7");
  }

  @Test
  void textsGrowAndAreEncoded() {
    assertThat(
            echoed(
                """
                def b = new StringBuilder('a')
                b << 'b' << 1
                b.append('c').append(2)
                echo "$b ${b.length()} ${b.toString() == 'ab1c2'}"
                echo URLEncoder.encode('a b/ü&', 'UTF-8')
                echo Base64.encoder.encodeToString('hello'.bytes)
                """))
        .containsExactly("ab1c2 5 true", "a+b%2F%C3%BC%26", "aGVsbG8=");
  }
}
