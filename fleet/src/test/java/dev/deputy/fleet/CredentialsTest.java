package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deputy.core.FailureClass;
import dev.deputy.core.LaunchState;
import dev.deputy.core.TemplateName;
import dev.deputy.fleet.TestFleet.Running;
import dev.deputy.protocol.AgentMessage.CredentialRequest;
import dev.deputy.protocol.AgentMessage.CredentialsFailed;
import dev.deputy.protocol.AgentMessage.CredentialsIssued;
import dev.deputy.protocol.ControllerMessage.CredentialGrant;
import dev.deputy.protocol.ControllerMessage.CredentialRefusal;
import dev.deputy.protocol.CredentialsMode;
import dev.deputy.protocol.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static final RequestId REQUEST = new RequestId("credentials-1");
  private static final String SESSION =
      "arn:aws:sts::444444444444:assumed-role/deploy/examples-dtap-1";

  private final TestFleet fleet = new TestFleet();

  private FakeAgent agent(TemplateName template) throws Exception {
    fleet.start();
    Running<Agent> acquiring =
        TestFleet.run(() -> fleet.fleet.acquire(fleet.need(template), fleet.listener()));
    var task = fleet.task();
    fleet.awaitState(LaunchState.Submitted.class);
    FakeAgent agent = fleet.agent(task).register(fleet.clock.instant()).ready();
    acquiring.get(10, TimeUnit.SECONDS);
    fleet.events.clear();
    return agent;
  }

  private static CredentialGrant grant(FakeAgent agent) {
    agent.wire().say(new CredentialRequest(REQUEST));
    return agent.wire().expect(CredentialGrant.class);
  }

  private static String refusal(FakeAgent agent) {
    agent.wire().say(new CredentialRequest(REQUEST));
    return agent.wire().expect(CredentialRefusal.class).reason();
  }

  @AfterEach
  void close() {
    fleet.tasks.tasks().forEach(task -> fleet.tasks.stop(task.arn(), "test"));
    fleet.close();
  }

  @Test
  void grantNamesTheBuild() throws Exception {
    CredentialGrant grant = grant(agent(TestFleet.PRODUCTION));

    assertThat(grant.deployRoleArn()).isEqualTo(TestFleet.DEPLOY_ROLE);
    assertThat(grant.sessionName()).isEqualTo("examples-dtap-1");
    assertThat(grant.sourceIdentity()).contains("examples-dtap-1");
    assertThat(grant.externalId()).contains("external-1");
    assertThat(grant.duration()).isEqualTo(Duration.ofHours(1));
    assertThat(grant.tags())
        .isEqualTo(
            Map.of(
                "deputy:job", "examples/dtap",
                "deputy:build", "1",
                "deputy:stage", "Deploy _prod_",
                "deputy:branch", "main",
                "deputy:template", "production"));
    assertThat(fleet.audited("credentials-granted").getFirst().details())
        .containsEntry("role", TestFleet.DEPLOY_ROLE)
        .containsEntry("session", "examples-dtap-1");
  }

  @Test
  void accessIsAskedEachTime() throws Exception {
    FakeAgent agent = agent(TestFleet.PRODUCTION);
    grant(agent);
    fleet.refusals.put(AccessGate.Moment.CREDENTIALS, "the approval was withdrawn");

    assertThat(refusal(agent)).contains("the approval was withdrawn");
    fleet.refusals.clear();
    grant(agent);
    assertThat(fleet.audited("credentials-granted")).hasSize(2);
  }

  @Test
  void accessThatCannotBeDecidedIsARefusal() throws Exception {
    FakeAgent agent = agent(TestFleet.PRODUCTION);
    fleet.atGate.put(
        AccessGate.Moment.CREDENTIALS,
        () -> {
          throw new IllegalStateException("secret detail");
        });

    assertThat(refusal(agent)).contains("could not be decided").doesNotContain("secret detail");
  }

  @Test
  void nothingIsGrantedThatCannotBeAudited() throws Exception {
    FakeAgent agent = agent(TestFleet.PRODUCTION);
    fleet.audit.failNext(new IllegalStateException("disk full"));

    assertThat(refusal(agent)).contains("the controller failed");
  }

  @Test
  void agentWithoutAccountGetsNone() throws Exception {
    FakeAgent agent = agent(TestFleet.BUILDER);

    assertThat(agent.registered().credentials()).isEqualTo(CredentialsMode.NONE);
    assertThat(agent.registered().account()).isEmpty();
    assertThat(agent.registered().region()).isEqualTo("eu-west-1");
    assertThat(refusal(agent)).contains("no deploy role");
  }

  @Test
  void classicAgentMakesTheHopItself() throws Exception {
    FakeAgent agent = agent(TestFleet.CLASSIC);

    assertThat(agent.registered().credentials()).isEqualTo(CredentialsMode.TASK_ROLE);
    assertThat(refusal(agent)).contains("no deploy role");
  }

  @Test
  void issueIsAuditedWithoutASecretAndAnnounced() throws Exception {
    FakeAgent agent = agent(TestFleet.PRODUCTION);
    grant(agent);
    Instant expires = fleet.clock.instant().plusSeconds(3600);
    agent.wire().say(new CredentialsIssued(REQUEST, "ASIAEXAMPLEEXAMPLE01", SESSION, expires));

    assertThat(fleet.audited("credentials-issued").getFirst().details())
        .containsEntry("accessKeyId", "ASIAEXAMPLEEXAMPLE01")
        .containsEntry("roleSession", SESSION)
        .containsEntry("expires", expires.toString());
    assertThat(fleet.events).containsExactly("issued " + SESSION + " ASIAEXAMPLEEXAMPLE01");
  }

  @Test
  void agentThatReportsAnotherRoleIsNotTrusted() throws Exception {
    for (String reported : List.of(SESSION.replace("deploy/", "admin/"))) {
      FakeAgent agent = agent(TestFleet.PRODUCTION);
      agent
          .wire()
          .say(
              new CredentialsIssued(
                  REQUEST, "ASIAEXAMPLEEXAMPLE01", reported, fleet.clock.instant()));

      await()
          .untilAsserted(() ->
              assertThat(fleet.onlyLaunch().state())
                  .isInstanceOfSatisfying(
                      LaunchState.Failed.class,
                      failed -> assertThat(failed.kind()).isEqualTo(FailureClass.IDENTITY)));
      assertThat(fleet.audited("credentials-mismatch")).hasSize(1);
      assertThat(fleet.audited("credentials-issued")).isEmpty();
      assertThat(fleet.events).isEmpty();
    }
  }

  @Test
  void roleThatCannotBeAssumedIsSaidToTheOwner() throws Exception {
    FakeAgent agent = agent(TestFleet.PRODUCTION);
    grant(agent);
    agent.wire().say(new CredentialsFailed(REQUEST, "AccessDenied: not authorized"));

    assertThat(fleet.events.poll(10, TimeUnit.SECONDS)).contains("AccessDenied: not authorized");
    assertThat(fleet.audited("credentials-failed")).hasSize(1);
  }
}
