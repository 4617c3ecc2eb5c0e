package dev.deputy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN = List.of("accounts", "agents", "grants", "jobs");

  @ParameterizedTest
  @CsvSource({
    "acounts, accounts",
    "Agents, agents",
    "grnats, grants",
    "job, jobs",
    "agent, agents"
  })
  void typingErrorHasASuggestion(String typed, String meant) {
    assertThat(Nearest.to(typed, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"pipelines", "x", "xyz", "''"})
  void somethingElseHasNone(String typed) {
    assertThat(Nearest.to(typed, KNOWN)).isEmpty();
  }

  @Test
  void theNearerOneIsMeant() {
    assertThat(Nearest.to("test2", List.of("test", "test1", "test22"))).contains("test");
  }
}
