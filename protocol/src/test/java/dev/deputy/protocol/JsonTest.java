package dev.deputy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void everyKindOfValueIsRead() {
    assertThat(
            Json.object(
                " { \"s\" : \"a\\u0041\\n\\/\\\"\" , \"l\":[1,-2, 3.5e1,true,false],"
                    + "\"o\":{},\"a\":[]}\n"))
        .isEqualTo(
            Map.of(
                "s", "aA\n/\"",
                "l", List.of(1L, -2L, 35.0, true, false),
                "o", Map.of(),
                "a", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":1e}",
        "{\"a\":-}",
        "{\"a\":NaN}",
        "{\"a\":tru}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"a\":\"open}",
        "{\"a\":[1 2]}",
        "{\"a\":99999999999999999999}",
        "{\"a\":1}{}",
        "\ufeff{}"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> Json.object(text))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("JSON: ");
  }

  @Test
  void deepNestingIsRefusedBeforeItHurts() {
    assertThatThrownBy(() -> Json.object("{\"a\":" + "[".repeat(1_000_000)))
        .hasMessageStartingWith("JSON: nested too deeply");
  }
}
