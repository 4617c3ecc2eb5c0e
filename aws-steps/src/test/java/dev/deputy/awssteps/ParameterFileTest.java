package dev.deputy.awssteps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterFileTest {
  @Test
  void jsonIsAsTheAwsCliHasIt() {
    assertThat(
            ParameterFile.of(
                "p.json",
                "[{\"ParameterKey\": \"A\", \"ParameterValue\": \"1\"},"
                    + " {\"Key\": \"Team\", \"Value\": \"web\"}]"))
        .containsExactly(entry("A", "1"), entry("Team", "web"));
  }

  @Test
  void yamlHasValuesByNameAndListsAreJoined() {
    assertThat(ParameterFile.of("p.yaml", "Zones: [a, b]\nSize: 3\nOn: true\n"))
        .containsEntry("Zones", "a,b")
        .containsEntry("Size", "3")
        .containsEntry("On", "true");
  }

  @ParameterizedTest
  @CsvSource({
    "p.json, '{\"A\": 1}', list of objects",
    "p.json, '[1]', ParameterKey",
    "p.json, '[', p.json",
    "p.yaml, '- a', values by name",
    "p.yaml, 'a: [', p.yaml",
    "p.yaml, '!!javax.script.ScriptEngineManager {}', p.yaml",
    "p.txt, 'A=1', .json or .yaml"
  })
  void whatIsNoParameterFileIsRefusedWithItsName(String name, String text, String reason) {
    assertThatThrownBy(() -> ParameterFile.of(name, text))
        .isInstanceOf(OperationFailed.class)
        .hasMessageContaining(name)
        .hasMessageContaining(reason);
  }
}
