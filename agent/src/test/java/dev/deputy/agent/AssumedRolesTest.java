package dev.deputy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.protocol.StepIdentity;
import dev.deputy.protocol.StepIdentity.Keys;
import dev.deputy.protocol.StepIdentity.Role;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssumedRolesTest {
  private static final String ADMIN = "arn:aws:iam::222222222222:role/admin";
  private static final AwsCredentials OWN =
      new AwsCredentials(
          FakeAws.TASK_KEY, FakeAws.TASK_SECRET, FakeAws.TASK_TOKEN, Instant.MAX, "deploy");

  private final Secrets secrets = new Secrets();
  private volatile Instant now = Instant.parse("2026-11-26T12:00:00Z");
  private FakeAws aws;
  private AssumedRoles roles;

  @BeforeEach
  void open() throws Exception {
    aws = new FakeAws();
    aws.clock = () -> now;
    roles = roles(Optional.of(() -> OWN));
  }

  private AssumedRoles roles(Optional<CredentialSource> own) {
    var sts = new Sts(HttpClient.newHttpClient(), aws.sts(), "eu-west-1", () -> now);
    return new AssumedRoles(own, sts, secrets, () -> now);
  }

  @AfterEach
  void close() {
    assertThat(aws.complaints).isEmpty();
    aws.close();
  }

  private static Role role(String block, Duration duration) {
    return new Role(block, ADMIN, "dtap-7", Optional.empty(), Optional.empty(), duration);
  }

  private static List<StepIdentity> admin(String block) {
    return List.of(role(block, Duration.ofHours(1)));
  }

  @Test
  void withoutMoreASourceIsTheAgentsOwn() throws Exception {
    assertThat(roles.source(List.of()).credentials()).isSameAs(OWN);
    assertThat(aws.assumed).isEmpty();
  }

  @Test
  void roleIsAssumedWithAllThatThePipelineAsksFor() throws Exception {
    var asked =
        new Role("7", ADMIN, "me", Optional.of("ext"), Optional.of("{}"), Duration.ofMinutes(20));

    AwsCredentials issued = roles.source(List.of(asked)).credentials();

    assertThat(issued.secretAccessKey()).isEqualTo(FakeAws.secret(1));
    assertThat(aws.assumed)
        .singleElement()
        .satisfies(call ->
            assertThat(call)
                .containsEntry("RoleArn", ADMIN)
                .containsEntry("RoleSessionName", "me")
                .containsEntry("ExternalId", "ext")
                .containsEntry("Policy", "{}")
                .containsEntry("DurationSeconds", "1200"));
  }

  @Test
  void blockOfManyHoursAlwaysHasValidCredentialsAndAssumesTheRoleOnceASession() throws Exception {
    CredentialSource source = roles.source(admin("7"));

    for (int minute = 0; minute < 8 * 60; minute++) {
      assertThat(source.credentials().expiresAt()).isAfter(now.plusSeconds(60));
      now = now.plus(Duration.ofMinutes(1));
    }

    assertThat(aws.assumed).hasSize(10);
  }

  @Test
  void longerSessionThanChainingAllowsIsMadeOfSeveral() throws Exception {
    List<StepIdentity> way = List.of(role("7", Duration.ofHours(12)));

    roles.source(way).credentials();

    assertThat(aws.assumed.get(0)).containsEntry("DurationSeconds", "3600");
  }

  @Test
  void keysOfAPersonMayHaveTheLongSession() throws Exception {
    var keys = new Keys(FakeAws.TASK_KEY, FakeAws.TASK_SECRET, Optional.empty());
    aws.denial = "the signature is another matter";
    List<StepIdentity> way = List.of(keys, role("7", Duration.ofHours(12)));

    assertThatThrownBy(() -> roles.source(way).credentials())
        .isInstanceOf(CredentialsException.class);

    assertThat(aws.complaints).hasSize(1);
    aws.complaints.clear();
  }

  @Test
  void stepsOfABlockShareASessionAndBlocksDoNot() throws Exception {
    AwsCredentials first = roles.source(admin("7")).credentials();

    assertThat(roles.source(admin("7")).credentials()).isSameAs(first);
    assertThat(roles.source(admin("8")).credentials()).isNotEqualTo(first);
  }

  @Test
  void innerRoleIsAssumedWithTheOuterOnesCredentials() throws Exception {
    List<StepIdentity> way =
        List.of(role("7", Duration.ofHours(1)), role("8", Duration.ofHours(1)));

    AwsCredentials inner = roles.source(way).credentials();

    assertThat(inner.secretAccessKey()).isEqualTo(FakeAws.secret(2));
    assertThat(roles.source(admin("7")).credentials().secretAccessKey())
        .isEqualTo(FakeAws.secret(1));
  }

  @Test
  void failedRenewalIsNoticedOnlyWhenTheOldSessionHasEnded() throws Exception {
    CredentialSource source = roles.source(admin("7"));
    AwsCredentials first = source.credentials();
    aws.denial = "trust was withdrawn";

    now = now.plus(Duration.ofMinutes(55));
    assertThat(source.credentials()).isSameAs(first);

    now = now.plus(Duration.ofMinutes(6));
    assertThatThrownBy(source::credentials)
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining(ADMIN)
        .hasMessageContaining("trust was withdrawn");
  }

  @Test
  void agentWithoutIdentityHasNoneToAssumeARoleWith() {
    AssumedRoles none = roles(Optional.empty());

    assertThatThrownBy(() -> none.source(admin("7")).credentials())
        .hasMessageContaining("names no account");
  }

  @Test
  void whatIsIssuedAndWhatIsGivenIsMasked() throws Exception {
    roles.source(admin("7")).credentials();
    roles.source(List.of(new Keys("AKIAEXAMPLE", "given-secret-of-keys", Optional.empty())));

    String hidden = masked("a " + FakeAws.secret(1) + " b given-secret-of-keys c");

    assertThat(hidden).isEqualTo("a **** b **** c");
  }

  private String masked(String text) throws Exception {
    var out = new StringBuilder();
    Masker masker =
        new Masker(
            secrets,
            (bytes, from, length) ->
                out.append(new String(bytes, from, length, StandardCharsets.UTF_8)));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    masker.accept(bytes, bytes.length);
    masker.finish();
    return out.toString();
  }
}
