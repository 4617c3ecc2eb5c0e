package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvDataTest {
  private static List<List<String>> read(String text) {
    return CsvData.read("readCSV", text);
  }

  @Test
  void recordsAreLines() {
    assertThat(read("a,b\r\n\n1, 2 \n,\rlast"))
        .containsExactly(List.of("a", "b"), List.of("1", " 2 "), List.of("", ""), List.of("last"));
    assertThat(read("a,")).containsExactly(List.of("a", ""));
    assertThat(read("")).isEmpty();
  }

  @Test
  void valuesInQuotesHoldEverything() {
    assertThat(read("\"a,\"\"b\"\"\nc\",\"\"\n\"\"\n"))
        .containsExactly(List.of("a,\"b\"\nc", ""), List.of(""));
  }

  @Test
  void quotesThatDoNotEndAreRefusedWithTheirLine() {
    assertThatThrownBy(() -> read("a\n\"b"))
        .isInstanceOf(StepFailed.class)
        .hasMessage("readCSV: line 2: a quoted value does not end");
    assertThatThrownBy(() -> read("\"a\nb\"c"))
        .hasMessageContaining("a quoted value goes on after its end");
  }

  @Test
  void whatIsWrittenIsReadAgainAsItWas() {
    List<List<String>> records =
        List.of(List.of("a", "b c"), List.of("", "x\"y"), List.of(" z", "1,2\n3"), List.of(""));

    assertThat(read(CsvData.write(records))).isEqualTo(records);
    assertThat(CsvData.write(List.of(Arrays.asList(1, null, true), "alone")))
        .isEqualTo("1,,true\r\nalone\r\n");
  }
}
