package dev.deputy.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.access.AccessDecision.ApprovalMissing;
import dev.deputy.access.AccessDecision.Denied;
import dev.deputy.access.AccessDecision.Granted;
import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.core.SourceRef;
import dev.deputy.core.TemplateName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every list of grants. */
class GrantsPropertyTest {
  @Property(tries = 5_000)
  void decisionsEqualThoseOfTheNaivePolicy(
      @ForAll("grants") List<Grant> grants, @ForAll("requests") AccessRequest request) {
    AccessDecision decision = new Grants(grants).decide(request);
    AccessDecision expected = new NaivePolicy(grants).decide(request);

    if (expected instanceof Denied) {
      assertThat(decision).isInstanceOf(Denied.class);
    } else {
      assertThat(decision).isEqualTo(expected);
    }
  }

  @Property(tries = 2_000)
  void removingAGrantNeverAllowsMore(
      @ForAll("grants") List<Grant> grants, @ForAll("requests") AccessRequest request) {
    int allowed = rank(new Grants(grants).decide(request));
    for (int i = 0; i < grants.size(); i++) {
      var fewer = new ArrayList<>(grants);
      fewer.remove(i);
      assertThat(rank(new Grants(fewer).decide(request))).isLessThanOrEqualTo(allowed);
    }
  }

  @Property(tries = 2_000)
  void addingABranchConditionNeverAllowsMore(
      @ForAll("grants") List<Grant> grants,
      @ForAll("requests") AccessRequest request,
      @ForAll("patterns") String branch) {
    int allowed = rank(new Grants(grants).decide(request));
    for (int i = 0; i < grants.size(); i++) {
      Grant grant = grants.get(i);
      if (grant.branches().isEmpty()) {
        var narrowed = new ArrayList<>(grants);
        narrowed.set(i, withBranches(grant, List.of(branch)));
        assertThat(rank(new Grants(narrowed).decide(request))).isLessThanOrEqualTo(allowed);
      }
    }
  }

  @Property(tries = 2_000)
  void unknownBranchMatchesNoBranchPattern(
      @ForAll("grants") List<Grant> grants, @ForAll("requests") AccessRequest request) {
    List<Grant> onBranches = grants.stream().map(g -> withBranches(g, List.of("**"))).toList();
    AccessRequest unknown =
        new AccessRequest(
            request.job(),
            Optional.empty(),
            request.cause(),
            request.template(),
            request.scriptHash(),
            request.commit(),
            request.approvals());

    assertThat(new Grants(onBranches).decide(unknown)).isInstanceOf(Denied.class);
  }

  @Property(tries = 2_000)
  void withoutApprovalsNothingIsGrantedThatAsksForSome(
      @ForAll("grants") List<Grant> grants, @ForAll("requests") AccessRequest request) {
    AccessRequest unapproved =
        new AccessRequest(
            request.job(),
            request.branch(),
            request.cause(),
            request.template(),
            request.scriptHash(),
            request.commit(),
            List.of());

    if (new Grants(grants).decide(unapproved) instanceof Granted granted) {
      assertThat(granted.grant().approvals()).isEmpty();
    }
  }

  @Property(tries = 2_000)
  void decisionNamesAGrantOfTheList(
      @ForAll("grants") List<Grant> grants, @ForAll("requests") AccessRequest request) {
    switch (new Grants(grants).decide(request)) {
      case Granted(Grant grant, _) -> assertThat(grants).contains(grant);
      case ApprovalMissing(Grant grant, List<String> candidates, int missing) -> {
        assertThat(grants).contains(grant);
        assertThat(missing).isBetween(1, candidates.size());
      }
      case Denied(String reason) ->
          assertThat(reason).contains(request.job().value(), request.template().value());
    }
  }

  private static int rank(AccessDecision decision) {
    return switch (decision) {
      case Denied _ -> 0;
      case ApprovalMissing _ -> 1;
      case Granted _ -> 2;
    };
  }

  private static Grant withBranches(Grant grant, List<String> branches) {
    return new Grant(
        grant.name(),
        grant.jobs(),
        branches,
        grant.causes(),
        grant.agents(),
        grant.approvals(),
        grant.source());
  }

  @Provide
  Arbitrary<List<Grant>> grants() {
    Arbitrary<Optional<ApprovalRule>> approvals = approvalRules().optional(0.6);
    Arbitrary<Grant> grant =
        Combinators.combine(
                patterns().list().ofMinSize(1).ofMaxSize(2),
                patterns().list().ofMaxSize(2),
                Arbitraries.of("person", "timer", "push").list().ofMaxSize(2),
                templates().list().ofMinSize(1).ofMaxSize(3),
                approvals)
            .as((jobs, branches, causes, agents, rule) ->
                new Grant("", jobs, branches, causes, agents, rule, new SourceRef("d.yaml", 1, 1)));
    return grant.list().ofMaxSize(6).map(GrantsPropertyTest::named);
  }

  private static List<Grant> named(List<Grant> grants) {
    var named = new ArrayList<Grant>();
    for (Grant g : grants) {
      int line = named.size() + 1;
      named.add(
          new Grant(
              "grant-" + line,
              g.jobs(),
              g.branches(),
              g.causes(),
              g.agents(),
              g.approvals(),
              new SourceRef("deputy.yaml", line, 1)));
    }
    return named;
  }

  private static Arbitrary<ApprovalRule> approvalRules() {
    return Combinators.combine(
            users().list().ofMinSize(1).ofMaxSize(3),
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(true, false))
        .as((from, count, not) -> new ApprovalRule(from, Math.min(count, from.size()), not));
  }

  @Provide
  Arbitrary<AccessRequest> requests() {
    Arbitrary<Approval> approval =
        Combinators.combine(users(), templates(), hashes(), hashes())
            .as((by, template, hash, commit) ->
                new Approval(by, template, hash, commit, Instant.EPOCH));
    return Combinators.combine(
            Arbitraries.of("a", "a/b", "b/a", "a/b/a", "b").map(JobName::new),
            Arbitraries.of("a", "a/b", "b").optional(0.8),
            users().map(Cause.Person::new),
            templates(),
            hashes(),
            hashes(),
            approval.list().ofMaxSize(6))
        .as(AccessRequest::new);
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of("a", "b", "a/b", "*", "**", "a/*", "a/**", "*/a", "**/a", "b*", "x");
  }

  private static Arbitrary<TemplateName> templates() {
    return Arbitraries.of("production", "test").map(TemplateName::new);
  }

  private static Arbitrary<String> users() {
    return Arbitraries.of("alice", "bob", "carol");
  }

  private static Arbitrary<String> hashes() {
    return Arbitraries.of("1", "1", "1", "2");
  }
}
