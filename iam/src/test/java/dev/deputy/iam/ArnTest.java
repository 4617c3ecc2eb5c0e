package dev.deputy.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArnTest {

  @Test
  void resourceKeepsItsColonsAndSlashes() {
    Arn arn = Arn.parse("arn:aws-cn:ecs:cn-north-1:000000000000:task-definition/a:7");

    assertThat(arn)
        .isEqualTo(new Arn("aws-cn", "ecs", "cn-north-1", "000000000000", "task-definition/a:7"));
    assertThat(arn).hasToString("arn:aws-cn:ecs:cn-north-1:000000000000:task-definition/a:7");
  }

  @Test
  void regionAndAccountMayBeEmpty() {
    assertThat(Arn.parse("arn:aws:s3:::bucket/key"))
        .isEqualTo(new Arn("aws", "s3", "", "", "bucket/key"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "arn",
        "arn:aws:iam::000000000000",
        "arn:aws:iam::000000000000:",
        "arn::iam:::x",
        "arn:aws::::x",
        "urn:aws:iam::000000000000:root"
      })
  void otherTextIsNoArn(String text) {
    assertThat(Arn.find(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> Arn.parse(text));
  }

  @Test
  void fieldsCannotSmuggleColons() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Arn("aws", "iam", "", "000000000000:role", "x"));
  }

  @Test
  void principalsRefuseArnsOfOtherThings() {
    Arn bucket = Arn.parse("arn:aws:s3:::bucket");
    Arn role = Samples.TASK_ROLE;

    assertThatIllegalArgumentException().isThrownBy(() -> new Principal.IamUser(bucket));
    assertThatIllegalArgumentException().isThrownBy(() -> new Principal.IamUser(role));
    assertThatIllegalArgumentException().isThrownBy(() -> new Principal.RootUser(role));
    assertThatIllegalArgumentException().isThrownBy(() -> new Principal.AssumedRole(bucket, "s"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Principal.AssumedRole(role, "a/b"));
  }

  @Test
  void sessionArnLeavesThePathOfTheRoleOut() {
    assertThat(Samples.TASK.session()).hasToString(Samples.TASK_SESSION);
    assertThat(Samples.TASK.identifier()).isEqualTo(Samples.TASK_SESSION);
  }
}
