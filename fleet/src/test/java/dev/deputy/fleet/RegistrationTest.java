package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deputy.core.AgentIdentities.Answer;
import dev.deputy.core.AgentIdentities.Answer.Proven;
import dev.deputy.core.LaunchState;
import dev.deputy.fleet.FakeAgent.Wire;
import dev.deputy.fleet.TestFleet.Running;
import dev.deputy.protocol.AgentMessage.Hello;
import dev.deputy.protocol.AgentMessage.Register;
import dev.deputy.protocol.ControllerMessage.Challenge;
import dev.deputy.protocol.ControllerMessage.Refused;
import dev.deputy.protocol.ControllerMessage.Registered;
import dev.deputy.protocol.IdentityProof;
import dev.deputy.protocol.Isolation;
import dev.deputy.protocol.SessionKey;
import dev.deputy.testkit.InMemoryTasks.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private final TestFleet fleet = new TestFleet();
  private Running<Agent> acquiring;
  private Task task;
  private FakeAgent agent;

  @BeforeEach
  void launch() {
    fleet.start();
    acquiring = fleet.acquiring();
    task = fleet.task();
    fleet.awaitState(LaunchState.Submitted.class);
    agent = fleet.agent(task);
  }

  /** Whatever was tried before: the honest agent still gets in, and nobody else is in. */
  @AfterEach
  void close() {
    fleet.close();
    fleet.assertNothingLeft();
  }

  private void assertHonestAgentStillGetsIn() throws Exception {
    fleet.agent(task).register(fleet.clock.instant()).ready().serve();
    assertThat(acquiring.get(10, TimeUnit.SECONDS).launch().state())
        .isInstanceOf(LaunchState.Assigned.class);
  }

  private void assertRefused(Wire wire, String audited) {
    assertThat(wire.expect(Refused.class).reason()).isEqualTo("this agent is not accepted");
    assertThat(wire.closed).isEqualTo(1008);
    assertThat(fleet.audited("registration-refused").getLast().details().get("reason"))
        .contains(audited);
    assertThat(fleet.onlyLaunch().state()).isInstanceOf(LaunchState.Submitted.class);
  }

  private void assertProofRefused(Consumer<Map<String, String>> spoil, String audited)
      throws Exception {
    Wire wire = agent.connect();
    Map<String, String> proof = agent.proof(agent.challenge(wire), fleet.clock.instant());
    String honest = proof.get("authorization");
    spoil.accept(proof);
    if (!proof.getOrDefault("authorization", "").equals(honest)) {
      fleet.identities.know(proof.getOrDefault("authorization", ""), TestFleet.identity(task));
    }
    agent.register(wire, proof);
    assertRefused(wire, audited);
    assertThat(fleet.identities.requests()).isEmpty();
    assertHonestAgentStillGetsIn();
  }

  private void assertIdentityRefused(Proven identity, String audited) throws Exception {
    agent = fleet.agent(task, identity);
    Wire wire = agent.connect();
    agent.register(wire, agent.proof(agent.challenge(wire), fleet.clock.instant()));
    assertRefused(wire, audited);
    assertHonestAgentStillGetsIn();
  }

  @Test
  void taskOfTheLaunchIsLetInAndAssigned() throws Exception {
    agent.register(fleet.clock.instant()).ready().serve();

    Agent acquired = acquiring.get(10, TimeUnit.SECONDS);

    Registered registered = agent.registered();
    assertThat(registered.job()).isEqualTo("examples/dtap");
    assertThat(registered.build()).isEqualTo(1);
    assertThat(registered.account()).contains("444444444444");
    assertThat(registered.region()).isEqualTo("eu-central-1");
    assertThat(registered.workspace()).isEqualTo("examples-dtap");
    assertThat(acquired.workspace()).isEqualTo("/agent/space");
    assertThat(acquired.environment()).containsEntry("AWS_REGION", "eu-west-1");
    assertThat(fleet.events)
        .containsExactly(
            "launching " + task.arn(), "registered " + TestFleet.identity(task).arn() + " user");
    assertThat(fleet.audited("agent-registered")).hasSize(1);
    assertThat(fleet.audited("agent-assigned")).hasSize(1);
  }

  @Test
  void tokenOfTheSessionIsNeitherStoredNorAudited() throws Exception {
    agent.register(fleet.clock.instant()).ready().serve();
    acquiring.get(10, TimeUnit.SECONDS);

    String token = agent.registered().token();
    assertThat(fleet.audit.records().toString()).doesNotContain(token);
    assertThat(fleet.onlyLaunch().toString()).doesNotContain(token);
    assertThat(agent.registered().toString()).doesNotContain(token);
  }

  @Test
  void anotherTaskOfTheSameRoleIsRefused() throws Exception {
    String other = "f".repeat(32);
    assertIdentityRefused(
        new Proven(
            "000000000000",
            "arn:aws:sts::000000000000:assumed-role/task-production/" + other,
            TestFleet.ROLE_ID + ":" + other),
        "another task");
  }

  @Test
  void anotherRoleIsRefused() throws Exception {
    assertIdentityRefused(
        new Proven(
            "000000000000",
            "arn:aws:sts::000000000000:assumed-role/task-builder/" + task.id(),
            TestFleet.ROLE_ID + ":" + task.id()),
        "another role");
  }

  @Test
  void roleMadeAnewUnderTheSameNameIsRefused() throws Exception {
    assertIdentityRefused(
        new Proven(
            "000000000000", TestFleet.identity(task).arn(), "AROASOMETHINGELSE001:" + task.id()),
        "made anew");
  }

  @Test
  void anotherAccountIsRefused() throws Exception {
    assertIdentityRefused(
        new Proven(
            "111111111111",
            "arn:aws:sts::111111111111:assumed-role/task-production/" + task.id(),
            TestFleet.ROLE_ID + ":" + task.id()),
        "another account");
  }

  @Test
  void accountThatDiffersFromTheArnIsRefused() throws Exception {
    assertIdentityRefused(
        new Proven(
            "111111111111", TestFleet.identity(task).arn(), TestFleet.ROLE_ID + ":" + task.id()),
        "another account");
  }

  @Test
  void anotherPartitionIsRefused() throws Exception {
    assertIdentityRefused(
        new Proven(
            "000000000000",
            TestFleet.identity(task).arn().replace("arn:aws:", "arn:aws-cn:"),
            TestFleet.ROLE_ID + ":" + task.id()),
        "another account");
  }

  @Test
  void userIsRefused() throws Exception {
    assertIdentityRefused(
        new Proven("000000000000", "arn:aws:iam::000000000000:user/" + task.id(), "AIDAEXAMPLE"),
        "not an assumed role");
  }

  @Test
  void signatureThatStsRefusesIsRefused() throws Exception {
    fleet.identities.answerNext(new Answer.Refused("STS answered 403"));
    assertIdentityRefused(TestFleet.identity(task), "STS answered 403");
  }

  @Test
  void publicKeyThatIsNotSignedIsRefused() throws Exception {
    assertProofRefused(
        proof ->
            proof.compute(
                "authorization", (_, value) -> value.replace(";" + IdentityProof.KEY_HEADER, "")),
        "must be signed");
  }

  @Test
  void nonceThatIsNotSignedIsRefused() throws Exception {
    assertProofRefused(
        proof ->
            proof.compute(
                "authorization", (_, value) -> value.replace(";" + IdentityProof.NONCE_HEADER, "")),
        "must be signed");
  }

  @Test
  void hostThatIsNotSignedIsRefused() throws Exception {
    assertProofRefused(
        proof ->
            proof.compute(
                "authorization", (_, value) -> value.replace("content-type;host", "content-type")),
        "must be signed");
  }

  @Test
  void keyThatDiffersFromTheSignedOneIsRefused() throws Exception {
    Wire wire = agent.connect();
    Map<String, String> proof = agent.proof(agent.challenge(wire), fleet.clock.instant());
    wire.say(new Register(proof, SessionKey.generate().publicKey(), Isolation.USER));
    assertRefused(wire, "another key");
    assertHonestAgentStillGetsIn();
  }

  @Test
  void keyThatIsNoneIsRefused() throws Exception {
    Wire wire = agent.connect();
    Map<String, String> proof = agent.proof(agent.challenge(wire), fleet.clock.instant());
    proof.put(IdentityProof.KEY_HEADER, "none");
    wire.say(new Register(proof, "none", Isolation.USER));
    assertRefused(wire, "another key");
    assertHonestAgentStillGetsIn();
  }

  @Test
  void anotherServerIdIsRefused() throws Exception {
    assertProofRefused(
        proof -> proof.put(IdentityProof.SERVER_HEADER, "controller-2"), "another controller");
  }

  @Test
  void nonceOfAnotherConnectionIsRefused() throws Exception {
    Challenge earlier = agent.challenge(agent.connect());
    assertProofRefused(
        proof -> proof.put(IdentityProof.NONCE_HEADER, earlier.nonce()), "another nonce");
  }

  @Test
  void nonceIsGoodForOneTryOnly() throws Exception {
    Wire wire = agent.connect();
    Challenge challenge = agent.challenge(wire);
    Map<String, String> spoilt = agent.proof(challenge, fleet.clock.instant());
    spoilt.remove("x-amz-security-token");
    agent.register(wire, spoilt);
    assertRefused(wire, "a header is missing");

    agent.register(wire, agent.proof(challenge, fleet.clock.instant()));

    assertThat(wire.inbox).isEmpty();
    assertThat(fleet.identities.requests()).isEmpty();
    assertHonestAgentStillGetsIn();
  }

  @Test
  void proofMadeForAnotherLaunchIsRefused() throws Exception {
    Running<Agent> second = fleet.acquiring();
    await().until(() -> fleet.tasks.tasks().size() == 2);
    Task other = fleet.tasks.tasks().getLast();
    FakeAgent stranger = fleet.agent(task, TestFleet.identity(other));
    Wire wire = stranger.connect();
    stranger.register(wire, stranger.proof(stranger.challenge(wire), fleet.clock.instant()));
    assertThat(wire.expect(Refused.class).reason()).isEqualTo("this agent is not accepted");

    fleet.agent(other).register(fleet.clock.instant()).ready().serve();
    second.get(10, TimeUnit.SECONDS);
    assertHonestAgentStillGetsIn();
  }

  @Test
  void staleDateIsRefused() throws Exception {
    Wire wire = agent.connect();
    Challenge challenge = agent.challenge(wire);
    Map<String, String> proof =
        agent.proof(challenge, fleet.clock.instant().minus(Duration.ofSeconds(301)));
    agent.register(wire, proof);
    assertRefused(wire, "5 minutes from now");
    assertHonestAgentStillGetsIn();
  }

  @Test
  void dateInTheFutureIsRefused() throws Exception {
    Wire wire = agent.connect();
    Challenge challenge = agent.challenge(wire);
    Map<String, String> proof =
        agent.proof(challenge, fleet.clock.instant().plus(Duration.ofSeconds(301)));
    agent.register(wire, proof);
    assertRefused(wire, "5 minutes from now");
    assertHonestAgentStillGetsIn();
  }

  @Test
  void dateThatIsNoneIsRefused() throws Exception {
    assertProofRefused(
        proof -> proof.compute("x-amz-date", (_, value) -> value.replace("T", "t")),
        "the date is none");
  }

  @Test
  void dateThatDiffersFromTheScopeIsRefused() throws Exception {
    assertProofRefused(proof -> proof.put("x-amz-date", "20200101T000000Z"), "scope");
  }

  @Test
  void signatureForAnotherServiceIsRefused() throws Exception {
    assertProofRefused(
        proof -> proof.compute("authorization", (_, value) -> value.replace("/sts/", "/ecs/")),
        "another service");
  }

  @Test
  void headerThatDoesNotBelongThereIsRefused() throws Exception {
    assertProofRefused(proof -> proof.put("x-forwarded-host", "evil.example"), "does not belong");
  }

  @Test
  void headerUnderAnotherSpellingIsRefused() throws Exception {
    assertProofRefused(
        proof -> proof.put("X-Deputy-Nonce", proof.get(IdentityProof.NONCE_HEADER)),
        "does not belong");
  }

  @Test
  void headerSmuggledInAValueIsRefused() throws Exception {
    assertProofRefused(
        proof -> proof.put("x-amz-security-token", "token\r\nx-evil: 1"),
        "characters that do not belong");
  }

  @Test
  void hostThatIsAnAddressWithAPathIsRefused() throws Exception {
    assertProofRefused(proof -> proof.put("host", "evil.example/?x="), "the host is none");
  }

  @Test
  void otherContentTypeIsRefused() throws Exception {
    assertProofRefused(
        proof -> proof.put("content-type", "application/json"), "another content type");
  }

  @Test
  void signedHeadersTwiceAreRefused() throws Exception {
    assertProofRefused(
        proof ->
            proof.compute("authorization", (_, value) -> value.replace(";host;", ";host;host;")),
        "not there");
  }

  @Test
  void signedHeaderThatIsNotThereIsRefused() throws Exception {
    assertProofRefused(
        proof ->
            proof.compute("authorization", (_, value) -> value.replace(";host;", ";host;range;")),
        "not there");
  }

  @Test
  void secondRegistrationIsRefused() throws Exception {
    agent.register(fleet.clock.instant()).ready().serve();
    acquiring.get(10, TimeUnit.SECONDS);

    FakeAgent second = fleet.agent(task);
    Wire wire = second.connect();
    second.register(wire, second.proof(second.challenge(wire), fleet.clock.instant()));

    assertThat(wire.expect(Refused.class).reason()).isEqualTo("this agent is not accepted");
    assertThat(fleet.onlyLaunch().state()).isInstanceOf(LaunchState.Assigned.class);
    assertThat(agent.wire().closed).isZero();
  }

  @Test
  void launchThatIsStoppedIsRefused() throws Exception {
    acquiring.thread.interrupt();
    fleet.awaitState(LaunchState.Stopped.class);

    Wire wire = agent.connect();
    agent.register(wire, agent.proof(agent.challenge(wire), fleet.clock.instant()));

    wire.expect(Refused.class);
    assertThat(fleet.onlyLaunch().state()).isInstanceOf(LaunchState.Stopped.class);
  }

  @Test
  void launchThatDoesNotExistIsRefused() throws Exception {
    FakeAgent stranger =
        new FakeAgent(
            fleet.fleet.gateway(),
            fleet.identities,
            UUID.randomUUID().toString(),
            TestFleet.identity(task));
    Wire wire = stranger.connect();
    stranger.register(wire, stranger.proof(stranger.challenge(wire), fleet.clock.instant()));
    assertRefused(wire, "no launch of that name waits");
    assertHonestAgentStillGetsIn();
  }

  @Test
  void launchWithAnImpossibleNameIsRefused() throws Exception {
    FakeAgent stranger =
        new FakeAgent(fleet.fleet.gateway(), fleet.identities, "x\ny", TestFleet.identity(task));
    Wire wire = stranger.connect();
    stranger.register(wire, stranger.proof(stranger.challenge(wire), fleet.clock.instant()));
    assertRefused(wire, "no launch of that name waits");
    assertHonestAgentStillGetsIn();
  }

  @Test
  void otherProtocolVersionIsRefusedSayingWhich() {
    Wire wire = agent.connect();
    wire.say(new Hello(99, agent.launch, "test"));
    assertThat(wire.expect(Refused.class).reason()).contains("99").contains("expected: 1");
  }

  @Test
  void registrationWithoutHelloIsRefused() throws Exception {
    Wire wire = agent.connect();
    wire.say(new Register(new HashMap<>(), agent.key.publicKey(), Isolation.USER));
    wire.expect(Refused.class);
    assertHonestAgentStillGetsIn();
  }

  @Test
  void garbageEndsTheConnectionAndNothingElse() throws Exception {
    Wire wire = agent.connect();
    wire.session().onText("{\"type\":\"hello\",\"version\":");
    assertThat(wire.closed).isEqualTo(1008);
    assertHonestAgentStillGetsIn();
  }

  @Test
  void agentComesAgainWhenStsIsNotAvailable() throws Exception {
    fleet.identities.answerNext(new Answer.Unavailable("STS answered 503"));
    Wire wire = agent.connect();
    agent.register(wire, agent.proof(agent.challenge(wire), fleet.clock.instant()));

    assertThat(wire.closed).isEqualTo(1013);
    assertThat(fleet.audited("registration-refused")).isEmpty();
    assertHonestAgentStillGetsIn();
  }

  @Test
  void assignmentThatAccessRefusesEndsTheLaunch() {
    fleet.refusals.put(AccessGate.Moment.ASSIGNMENT, "the approval was withdrawn");
    Wire wire = agent.connect();
    agent.register(wire, agent.proof(agent.challenge(wire), fleet.clock.instant()));

    wire.expect(Refused.class);
    assertThat(acquiring)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(Agents.AccessRefused.class)
        .withMessageContaining("the approval was withdrawn");
    fleet.assertNothingLeft();
  }

  @Test
  void accessThatCannotBeDecidedIsARefusal() {
    fleet.atGate.put(
        AccessGate.Moment.ASSIGNMENT,
        () -> {
          throw new IllegalStateException("broken");
        });
    Wire wire = agent.connect();
    agent.register(wire, agent.proof(agent.challenge(wire), fleet.clock.instant()));

    wire.expect(Refused.class);
    assertThat(acquiring)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(Agents.AccessRefused.class);
    fleet.assertNothingLeft();
  }

  @Test
  void agentComesAgainWhenTheStoreFailedAtTheRegistration() throws Exception {
    Wire wire = agent.connect();
    Map<String, String> proof = agent.proof(agent.challenge(wire), fleet.clock.instant());
    fleet.launches.failNext(new IllegalStateException("disk full"));
    agent.register(wire, proof);

    assertThat(wire.closed).isNotZero();
    assertThat(fleet.onlyLaunch().state()).isInstanceOf(LaunchState.Submitted.class);
    assertHonestAgentStillGetsIn();
  }

  @Test
  void storeThatFailsAtTheAssignmentFailsTheLaunchAtOnce() {
    fleet.atGate.put(
        AccessGate.Moment.ASSIGNMENT,
        () -> fleet.launches.failNext(new IllegalStateException("disk full")));
    Wire wire = agent.connect();
    agent.register(wire, agent.proof(agent.challenge(wire), fleet.clock.instant()));

    assertThat(wire.closed).isNotZero();
    assertThat(acquiring)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(LaunchFailed.class);
    fleet.assertNothingLeft();
  }
}
