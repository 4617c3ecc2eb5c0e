package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code LANGUAGE.md} lists what there is, no more and no less. */
class LanguageDocumentTest {
  private static String document() throws IOException {
    return Files.readString(Path.of("LANGUAGE.md"));
  }

  private static Set<String> methodsOf(String type) throws IOException {
    String line =
        document()
            .lines()
            .filter(each -> each.startsWith("- " + type + ": "))
            .findFirst()
            .orElseThrow();
    return new TreeSet<>(Arrays.asList(line.substring(line.indexOf(": ") + 2).split(", ")));
  }

  @Test
  void listsAllMethods() throws IOException {
    assertThat(methodsOf("String")).isEqualTo(StringMethods.table().names());
    assertThat(methodsOf("List")).isEqualTo(ListMethods.table().names());
    assertThat(methodsOf("Set")).isEqualTo(SetMethods.table().names());
    assertThat(methodsOf("Map")).isEqualTo(MapMethods.table().names());
    assertThat(methodsOf("Number")).isEqualTo(NumberMethods.table().names());
    assertThat(methodsOf("Exception")).isEqualTo(ErrorMethods.table().names());
    assertThat(methodsOf("Math, Integer, Long, BigDecimal, String, Boolean, Utils"))
        .isEqualTo(new StaticMethods().names());
  }

  @Test
  void everyMethodOfAnyValueIsListed() throws IOException {
    String document = document();
    assertThat(new Builtins().names()).allMatch(document::contains);
  }

  @Test
  void namesEveryPostCondition() throws IOException {
    String document = document();
    assertThat(PipelineBlock.PostCondition.values())
        .allMatch(condition -> document.contains("`" + condition.keyword() + "`"));
  }

  @Test
  void namesEveryPropertyOfTheBuild() throws IOException {
    String document = document();
    assertThat(Globals.BUILD_PROPERTIES).allMatch(name -> document.contains("`" + name));
  }
}
