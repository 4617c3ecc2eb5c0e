package dev.deputy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.access.AccessDecision.ApprovalMissing;
import dev.deputy.access.AccessDecision.Denied;
import dev.deputy.access.AccessDecision.Granted;
import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.core.SourceRef;
import dev.deputy.core.TemplateName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {
  private static final TemplateName PRODUCTION = new TemplateName("production");
  private static final TemplateName BUILDER = new TemplateName("builder");
  private static final ApprovalRule MANAGERS =
      new ApprovalRule(List.of("release-manager", "alice", "bob"), 1, true);

  private final Grant builds =
      new Grant(
          "dtap-builds",
          List.of("examples/dtap"),
          List.of(),
          List.of(),
          List.of(BUILDER),
          Optional.empty(),
          new SourceRef("deputy.yaml", 30, 5));
  private final Grant production = production(MANAGERS);
  private final Grants grants = new Grants(List.of(builds, production));

  private static Grant production(ApprovalRule rule) {
    return new Grant(
        "dtap-production",
        List.of("examples/dtap"),
        List.of("main"),
        List.of("person"),
        List.of(PRODUCTION),
        Optional.of(rule),
        new SourceRef("deputy.yaml", 33, 5));
  }

  @Test
  void nothingIsAllowedWithoutGrants() {
    assertThat(new Grants(List.of()).decide(request("examples/dtap", BUILDER)))
        .isInstanceOfSatisfying(
            Denied.class,
            denied ->
                assertThat(denied.reason())
                    .isEqualTo(
                        """
                        job examples/dtap may not use agent template builder (branch main, cause \
                        person alice): no grant allows it.
                          No grant names this template or matches this job.
                        Whether to allow it is for those to decide who answer for builder. The \
                        smallest grant that would:
                          - name: examples-dtap-builder
                            jobs: [examples/dtap]
                            branches: [main]
                            causes: [person]
                            agents: [builder]\
                        """));
  }

  @Test
  void denialNamesWhatEachNearGrantLacksAndTheGrantThatIsMissing() {
    assertThat(reason(request("examples/denied", PRODUCTION)))
        .isEqualTo(
            """
            job examples/denied may not use agent template production (branch main, cause person \
            alice): no grant allows it.
              grant dtap-production (deputy.yaml:33): jobs [examples/dtap] do not match \
            examples/denied
            Whether to allow it is for those to decide who answer for production. The smallest \
            grant that would:
              - name: examples-denied-production
                jobs: [examples/denied]
                branches: [main]
                causes: [person]
                agents: [production]
                approvals: {from: [release-manager, alice, bob], count: 1, notStarter: true}\
            """);
  }

  @Test
  void unknownBranchIsSaidToBeWhatIsMissing() {
    assertThat(reason(request("examples/dtap", Optional.empty(), PRODUCTION, List.of())))
        .contains("(branch not known, cause person alice)")
        .contains(
            "grant dtap-production (deputy.yaml:33): branches [main] match no build whose branch is"
                + " not known")
        .contains("# the branch is not known, and only a grant without branches allows that");
  }

  @Test
  void nearestGrantIsNamedFirst() {
    assertThat(reason(request("examples/dtap", Optional.of("fix"), PRODUCTION, List.of())))
        .containsSubsequence(
            "grant dtap-builds (deputy.yaml:30): agents [builder] do not name production",
            "grant dtap-production (deputy.yaml:33): branches [main] do not match fix");
  }

  @Test
  void onlyTheNearestOfManyGrantsAreShown() {
    List<Grant> many = IntStream.range(0, 50).mapToObj(GrantsTest::other).toList();

    assertThat(reason(new Grants(many), request("examples/denied", PRODUCTION)))
        .contains("… and 45 more near grants.")
        .hasSizeLessThan(2_000);
  }

  @Test
  void valuesThatAreNotPlainAreQuotedInTheSnippet() {
    AccessRequest odd =
        new AccessRequest(
            new JobName("123"),
            Optional.of("fix],\n{x: \"y\"}\u202e"),
            new Cause.Person("o'\u001b[31mhara"),
            BUILDER,
            "1",
            "2",
            List.of());

    assertThat(reason(odd))
        .contains("cause person \"o'\\U0000001b[31mhara\"")
        .contains("branches: [\"fix],\\U0000000a{x: \\\"y\\\"}\\U0000202e\"]")
        .contains("jobs: [\"123\"]");
  }

  @Test
  void suggestedGrantHasANameOfItsOwn() {
    Grant taken =
        new Grant(
            "examples-denied-production",
            List.of("x"),
            List.of(),
            List.of(),
            List.of(BUILDER),
            Optional.empty(),
            new SourceRef("deputy.yaml", 1, 1));

    assertThat(reason(new Grants(List.of(taken)), request("examples/denied", PRODUCTION)))
        .contains("- name: examples-denied-production-2\n");
  }

  @Test
  void grantThatMatchesWithoutApprovalDecides() {
    assertThat(grants.decide(request("examples/dtap", BUILDER)))
        .isEqualTo(new Granted(builds, List.of()));
  }

  @Test
  void laterGrantWithoutApprovalWinsOverAnEarlierOneThatMissesSome() {
    Grant open = other(7);
    var both = new Grants(List.of(production, open(open, "examples/dtap")));

    assertThat(both.decide(request("examples/dtap", PRODUCTION)))
        .isEqualTo(new Granted(open(open, "examples/dtap"), List.of()));
  }

  @Test
  void missingApprovalIsAskedOfThoseWhoMayGiveIt() {
    assertThat(grants.decide(request("examples/dtap", PRODUCTION)))
        .as("alice started the build")
        .isEqualTo(new ApprovalMissing(production, List.of("release-manager", "bob"), 1));
  }

  @Test
  void approvalOfAnotherPersonOpens() {
    Approval yes = approval("bob", PRODUCTION, "hash", "commit");

    assertThat(grants.decide(approved(yes))).isEqualTo(new Granted(production, List.of(yes)));
  }

  static Stream<Approval> worthless() {
    return Stream.of(
        approval("alice", PRODUCTION, "hash", "commit"),
        approval("mallory", PRODUCTION, "hash", "commit"),
        approval("Bob", PRODUCTION, "hash", "commit"),
        approval("bob", BUILDER, "hash", "commit"),
        approval("bob", PRODUCTION, "other", "commit"),
        approval("bob", PRODUCTION, "hash", "other"),
        approval("bob", PRODUCTION, "hash", ""));
  }

  @ParameterizedTest
  @MethodSource("worthless")
  void approvalCountsOnlyFromThoseNamedAndForExactlyWhatRuns(Approval approval) {
    assertThat(grants.decide(approved(approval))).isInstanceOf(ApprovalMissing.class);
  }

  @Test
  void samePersonCountsOnce() {
    Grant two = production(new ApprovalRule(List.of("bob", "carol"), 2, true));
    Approval yes = approval("bob", PRODUCTION, "hash", "commit");
    Approval again =
        new Approval("bob", PRODUCTION, "hash", "commit", Instant.EPOCH.plusSeconds(1));
    Approval other = approval("carol", PRODUCTION, "hash", "commit");

    assertThat(new Grants(List.of(two)).decide(approved(yes, again)))
        .isEqualTo(new ApprovalMissing(two, List.of("carol"), 1));
    assertThat(new Grants(List.of(two)).decide(approved(yes, again, other)))
        .isEqualTo(new Granted(two, List.of(yes, other)));
  }

  @Test
  void approvalThatNobodyMayGiveIsADenial() {
    Grant alone = production(new ApprovalRule(List.of("alice"), 1, true));

    assertThat(reason(new Grants(List.of(alone)), request("examples/dtap", PRODUCTION)))
        .contains(
            "approvals: 1 more needed, and of [alice] only [] may still give one (not whoever"
                + " started the build)");
  }

  @Test
  void starterMayApproveWhereTheGrantSaysSo() {
    Grant own = production(new ApprovalRule(List.of("alice"), 1, false));

    assertThat(
            new Grants(List.of(own))
                .decide(approved(approval("alice", PRODUCTION, "hash", "commit"))))
        .isInstanceOf(Granted.class);
  }

  @Test
  void nothingIsApprovedOfAScriptWithoutHash() {
    AccessRequest request =
        new AccessRequest(
            new JobName("examples/dtap"),
            Optional.of("main"),
            new Cause.Person("alice"),
            PRODUCTION,
            "",
            "",
            List.of(approval("bob", PRODUCTION, "", "")));

    assertThat(grants.decide(request)).isInstanceOf(ApprovalMissing.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Examples/dtap", "examples/DTAP", "examples/dtap/x", "examples", "dtap"})
  void lookAlikeJobsAreDenied(String job) {
    assertThat(grants.decide(request(job, BUILDER))).isInstanceOf(Denied.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"prod/../x", "./prod", "prod//x", "prod/", "/prod", "pr%6fd", "prod ", "prоd", ""})
  void namesThatHaveASecondWayToBeWrittenAreNoJobs(String job) {
    assertThatThrownBy(() -> new JobName(job)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void causeThatNoBuildHasNeverMatches() {
    Grant timer =
        new Grant(
            "nightly",
            List.of("**"),
            List.of(),
            List.of("timer"),
            List.of(PRODUCTION),
            Optional.empty(),
            new SourceRef("deputy.yaml", 9, 5));

    assertThat(reason(new Grants(List.of(timer)), request("examples/dtap", PRODUCTION)))
        .contains("grant nightly (deputy.yaml:9): causes [timer] do not name person");
  }

  @Test
  void nameGivenTwiceIsRefused() {
    assertThatThrownBy(() -> new Grants(List.of(builds, builds)))
        .hasMessage("grant \"dtap-builds\" is there twice: deputy.yaml:30 and deputy.yaml:30");
  }

  private static Grant other(int i) {
    return new Grant(
        "other-" + i,
        List.of("other/" + i),
        List.of(),
        List.of(),
        List.of(PRODUCTION),
        Optional.empty(),
        new SourceRef("deputy.yaml", i + 1, 5));
  }

  private static Grant open(Grant grant, String job) {
    return new Grant(
        grant.name(),
        List.of(job),
        List.of(),
        List.of(),
        grant.agents(),
        Optional.empty(),
        grant.source());
  }

  private static AccessRequest request(String job, TemplateName template) {
    return request(job, Optional.of("main"), template, List.of());
  }

  private static AccessRequest approved(Approval... approvals) {
    return request("examples/dtap", Optional.of("main"), PRODUCTION, List.of(approvals));
  }

  private static AccessRequest request(
      String job, Optional<String> branch, TemplateName template, List<Approval> approvals) {
    return new AccessRequest(
        new JobName(job), branch, new Cause.Person("alice"), template, "hash", "commit", approvals);
  }

  private static Approval approval(
      String by, TemplateName template, String scriptHash, String commit) {
    return new Approval(by, template, scriptHash, commit, Instant.EPOCH);
  }

  private String reason(AccessRequest request) {
    return reason(grants, request);
  }

  private static String reason(Grants grants, AccessRequest request) {
    return grants.decide(request) instanceof Denied(String reason) ? reason : "";
  }
}
