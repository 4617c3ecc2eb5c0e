package dev.deputy.awssteps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;

class ArgumentsTest {
  private static Arguments with(String name, Object value) {
    return new Arguments(Map.of(name, value));
  }

  @Test
  void pairsAreAMapOrAListOfThem() {
    assertThat(with("params", Map.of("A", 1L)).pairs("params")).containsEntry("A", "1");
    assertThat(with("params", List.of("A=b=c", "D=")).pairs("params"))
        .containsEntry("A", "b=c")
        .containsEntry("D", "");
    assertThat(with("other", "x").pairs("params")).isEmpty();
    assertThatThrownBy(() -> with("params", List.of("A")).pairs("params"))
        .hasMessage("params: \"A\" (expected: NAME=value)");
  }

  @Test
  void flagsMayBeTexts() {
    assertThat(with("create", "false").flag("create", true)).isFalse();
    assertThat(with("create", false).flag("create", true)).isFalse();
    assertThat(with("other", "x").flag("create", true)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "BucketOwnerFullControl, bucket-owner-full-control",
    "PublicRead, public-read",
    "public-read, public-read",
    "AwsExecRead, aws-exec-read"
  })
  void aclsAreCalledAsInPipelines(String name, String acl) {
    assertThat(ObjectSettings.acl(name)).isEqualTo(ObjectCannedACL.fromValue(acl));
  }

  @Test
  void unknownAclIsRefusedByName() {
    assertThatThrownBy(() -> ObjectSettings.acl("Everybody"))
        .isInstanceOf(OperationFailed.class)
        .hasMessageContaining("Everybody");
  }

  @Test
  void tagsAreReadFromGroovysTextToo() {
    var settings =
        new ObjectSettings(
            new Arguments(
                Map.of("tags", "[team:web, url:http://x]", "metadatas", List.of("K:v:w"))));
    var put = settings.put("bucket", "key").build();

    assertThat(put.tagging()).isEqualTo("team=web&url=http%3A%2F%2Fx");
    assertThat(put.metadata()).containsEntry("K", "v:w");
  }

  @Test
  void failuresAreAnswersAndNeverExceptions() {
    Log log = new Log(new PrintStream(new ByteArrayOutputStream(), true, UTF_8));

    assertThat(String.valueOf(Program.answer("unheardOf", "{}", log).get("error")))
        .contains("unheardOf", "cfnUpdate");
    assertThat(Program.answer("awsIdentity", "no json", log)).containsKey("error");
    assertThat(Program.answer("s3Upload", "{\"bucket\": \"b\"}", log))
        .containsEntry("error", "expected one of text, file and includePathPattern");
  }
}
