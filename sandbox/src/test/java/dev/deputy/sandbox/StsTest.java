package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StsTest {
  private static final String TOOLING = "000000000000";
  private static Sandbox sandbox;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.builder().start();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void rootUserIsWhoItsKeySays() {
    var identity = Clients.root(sandbox, TOOLING).sts().getCallerIdentity();
    assertThat(identity.account()).isEqualTo(TOOLING);
    assertThat(identity.arn()).isEqualTo("arn:aws:iam::000000000000:root");
    assertThat(identity.userId()).isEqualTo(TOOLING);
  }

  @Test
  void roleCanBeMadeAndAssumed() {
    Clients root = Clients.root(sandbox, TOOLING);
    var role =
        root.iam()
            .createRole(r ->
                r.roleName("deploy")
                    .assumeRolePolicyDocument(
                        """
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                         "Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"sts:AssumeRole"}]}
                        """))
            .role();
    Clients session = root.assume(role.arn(), "me");
    var identity = session.sts().getCallerIdentity();
    assertThat(identity.arn()).isEqualTo("arn:aws:sts::000000000000:assumed-role/deploy/me");
    assertThat(identity.userId()).isEqualTo(role.roleId() + ":me");
  }
}
