package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PomDataTest {
  private static final String POM =
      """
      <?xml version="1.0"?>
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <parent>
          <groupId>org.example</groupId>
          <artifactId>parent</artifactId>
          <version>7</version>
          <relativePath/>
        </parent>
        <artifactId> app </artifactId><!-- a comment -->
        <version>1.2-SNAPSHOT</version>
        <name>Salt &amp; Pepper</name>
        <properties>
          <a.b>x</a.b>
          <empty/>
        </properties>
        <modules>
          <module>core</module>
        </modules>
        <dependencies>
          <dependency>
            <groupId>org.junit</groupId>
            <artifactId>junit</artifactId>
            <version>6</version>
            <scope>test</scope>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin>
              <artifactId>maven-antrun-plugin</artifactId>
              <extensions>true</extensions>
              <configuration>
                <target xml:space="preserve"><mkdir dir="a&quot;"/><copy/><mkdir dir="b"/> &lt;</target>
              </configuration>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  private static Map<?, ?> read(String text) {
    return (Map<?, ?>) PomData.read("readMavenPom", text);
  }

  @Test
  void aModelHasItsElementsAndWhatMavenAssumes() {
    Map<?, ?> pom = read(POM);

    assertThat(pom.get("artifactId")).isEqualTo("app");
    assertThat(pom.get("groupId")).isNull();
    assertThat(pom.get("packaging")).isEqualTo("jar");
    assertThat(pom.get("name")).isEqualTo("Salt & Pepper");
    assertThat(pom.get("properties")).isEqualTo(Map.of("a.b", "x", "empty", ""));
    assertThat(pom.get("modules")).isEqualTo(List.of("core"));
    assertThat(pom.get("profiles")).isEqualTo(List.of());
    assertThat(pom.get("parent"))
        .isEqualTo(
            Map.of(
                "groupId",
                "org.example",
                "artifactId",
                "parent",
                "version",
                "7",
                "relativePath",
                ""));
    assertThat(pom.get("dependencies"))
        .isEqualTo(
            List.of(
                Map.of(
                    "groupId",
                    "org.junit",
                    "artifactId",
                    "junit",
                    "version",
                    "6",
                    "scope",
                    "test",
                    "type",
                    "jar",
                    "exclusions",
                    List.of())));
  }

  @Test
  void whatIsWrittenIsReadAgainAsItWas() {
    String text = PomData.write("writeMavenPom", read(POM));

    assertThat(read(text)).isEqualTo(read(POM));
    assertThat(text)
        .contains("<relativePath></relativePath>", "<name>Salt &amp; Pepper</name>")
        .contains("<mkdir dir=\"a&quot;\"></mkdir><copy></copy><mkdir dir=\"b\"></mkdir> &lt;")
        .doesNotContain("<packaging>", "<profiles>");
  }

  @Test
  void whatIsNoModelIsRefused() {
    for (String text :
        List.of(
            "",
            "<project>",
            "<other/>",
            "<!DOCTYPE project [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><project>&x;</project>",
            "<project>&x;</project>",
            "<a>".repeat(100),
            "<project>" + "<a>".repeat(100))) {
      assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(StepFailed.class);
    }
  }

  @Test
  void whatWouldBeNoFileIsNotWritten() {
    for (Map<String, Object> model :
        List.<Map<String, Object>>of(
            Map.of("a b", "x"),
            Map.of("name", List.of("x")),
            Map.of("build", Map.of("configuration", "<open>")))) {
      assertThatThrownBy(() -> PomData.write("writeMavenPom", model))
          .isInstanceOf(StepFailed.class);
    }
  }
}
