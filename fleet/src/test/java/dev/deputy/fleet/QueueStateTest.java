package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.AccountName;
import dev.deputy.core.BuildId;
import dev.deputy.core.JobName;
import dev.deputy.core.TemplateName;
import dev.deputy.fleet.Caps.Cap;
import dev.deputy.fleet.QueueState.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QueueStateTest {
  private static final AccountName ACCOUNT = new AccountName("production");
  private static final Caps ONE_OF_ACCOUNT =
      new Caps(OptionalInt.empty(), Map.of(ACCOUNT, 1), Map.of(), Map.of());

  private static Demand demand(String job, String template, long arrival) {
    return new Demand(
        LaunchBook.newId(),
        new BuildId(new JobName(job), (int) arrival + 1),
        new TemplateName(template),
        template.equals("builder") ? Optional.empty() : Optional.of(ACCOUNT),
        arrival);
  }

  private static Decision decide(Caps caps, List<Demand> held, List<Demand> waiting) {
    return new QueueState(caps, held, waiting, Map.of()).decide();
  }

  private static boolean fits(Caps caps, List<Demand> held, Demand more) {
    return caps.of(more).stream().allMatch(cap -> used(caps, held, cap) < cap.max());
  }

  private static long used(Caps caps, List<Demand> held, Cap cap) {
    return held.stream().filter(demand -> caps.of(demand).contains(cap)).count();
  }

  @Property
  void limitsHoldAndNobodyWaitsWithoutOne(
      @ForAll("caps") Caps caps, @ForAll("demands") List<Demand> demands) {
    List<Demand> held = new ArrayList<>();
    List<Demand> waiting = new ArrayList<>();
    for (Demand demand : demands) {
      if (demand.arrival() % 2 == 0 && fits(caps, held, demand)) {
        held.add(demand);
      } else {
        waiting.add(demand);
      }
    }

    Decision decision = decide(caps, held, waiting);

    for (Demand granted : decision.granted()) {
      assertThat(fits(caps, held, granted)).isTrue();
      held.add(granted);
      waiting.remove(granted);
    }
    assertThat(waiting)
        .allSatisfy(left -> {
          assertThat(fits(caps, held, left)).isFalse();
          Standing standing = decision.standings().get(left.launch());
          assertThat(standing).isNotNull();
          assertThat(caps.of(left)).contains(standing.cap());
          assertThat(used(caps, held, standing.cap())).isGreaterThanOrEqualTo(standing.cap().max());
        });
    assertThat(decision.standings()).hasSameSizeAs(waiting);
  }

  @Property
  void withinAJobAndTemplateTheFirstComesFirst(
      @ForAll("caps") Caps caps, @ForAll("demands") List<Demand> demands) {
    Decision decision = decide(caps, List.of(), demands);

    for (Demand granted : decision.granted()) {
      assertThat(demands)
          .filteredOn(other -> other.job().equals(granted.job()))
          .filteredOn(other -> other.template().equals(granted.template()))
          .filteredOn(other -> other.arrival() < granted.arrival())
          .allMatch(decision.granted()::contains);
    }
  }

  @Property
  void positionsBehindALimitAreOneToN(
      @ForAll("caps") Caps caps, @ForAll("demands") List<Demand> demands) {
    Map<Cap, List<Integer>> positions = new HashMap<>();
    decide(caps, List.of(), demands)
        .standings()
        .values()
        .forEach(standing ->
            positions
                .computeIfAbsent(standing.cap(), _ -> new ArrayList<>())
                .add(standing.position()));

    assertThat(positions.values())
        .allSatisfy(all ->
            assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                    IntStream.rangeClosed(1, all.size()).boxed().toList()));
  }

  @Property
  void jobsThatWaitForTheSameTakeTurns(@ForAll("jobs") List<String> arrivals) {
    List<Demand> waiting = new ArrayList<>();
    for (String job : arrivals) {
      waiting.add(demand(job, "production", waiting.size()));
    }
    Map<JobName, Long> turns = new HashMap<>();
    List<Demand> held = List.of();
    for (long turn = 1; !waiting.isEmpty(); turn++) {
      Decision decision =
          new QueueState(ONE_OF_ACCOUNT, List.of(), List.copyOf(waiting), turns).decide();
      assertThat(decision.granted()).hasSize(1);
      Demand next = decision.granted().getFirst();
      long before = turns.getOrDefault(next.job(), 0L);
      assertThat(waiting)
          .allMatch(other -> turns.getOrDefault(other.job(), 0L) >= before, "had its turn since");
      announced(held, next, waiting, turns);
      turns.put(next.job(), turn);
      waiting.remove(next);
      held = List.of(next);
    }
  }

  /** While the last one held the account, the next one was said to be the first. */
  private static void announced(
      List<Demand> held, Demand next, List<Demand> waiting, Map<JobName, Long> turns) {
    if (!held.isEmpty()) {
      Decision before = new QueueState(ONE_OF_ACCOUNT, held, waiting, turns).decide();
      assertThat(before.granted()).isEmpty();
      assertThat(before.standings().get(next.launch()))
          .isEqualTo(new Standing(1, new Cap.OfAccount(ACCOUNT, 1), false));
    }
  }

  @Example
  void needsOfOtherTemplatesPassThoseThatALimitHoldsBack() {
    Demand running = demand("a", "production", 1);
    Demand held = demand("a", "production", 2);
    Demand free = demand("a", "builder", 3);

    assertThat(decide(ONE_OF_ACCOUNT, List.of(running), List.of(held, free)).granted())
        .containsExactly(free);
  }

  @Example
  void limitThatOnlyTheBuildItselfUsesIsSaid() {
    Demand running = demand("a", "production", 1);
    Demand own =
        new Demand(LaunchBook.newId(), running.build(), running.template(), running.account(), 2);

    assertThat(decide(ONE_OF_ACCOUNT, List.of(running), List.of(own)).standings())
        .containsEntry(own.launch(), new Standing(1, new Cap.OfAccount(ACCOUNT, 1), true));
  }

  @Example
  void standingIsSaidInWords() {
    assertThat(new Standing(2, new Cap.OfAccount(ACCOUNT, 3), false).words())
        .isEqualTo("2nd in the queue; account production has its 3 agents (maxAgents)");
    assertThat(new Standing(11, new Cap.OfJob(new JobName("shop"), 1), true).words())
        .isEqualTo(
            "11th in the queue; job shop has its one agent (maxAgents), in use by this build"
                + " itself");
    assertThat(new Standing(23, new Cap.OfTemplate(new TemplateName("builder"), 5), false).words())
        .isEqualTo("23rd in the queue; agent template builder has its 5 agents (max)");
    assertThat(new Standing(101, new Cap.Overall(9), false).words())
        .isEqualTo("101st in the queue; the cloud has its 9 agents (maxAgents)");
  }

  @Example
  void newsAreAnotherReasonHalfThePositionOrTheFront() {
    Cap cap = new Cap.Overall(9);
    Standing told = new Standing(8, cap, false);

    assertThat(new Standing(7, cap, false).isNewsAfter(told)).isFalse();
    assertThat(new Standing(12, cap, false).isNewsAfter(told)).isFalse();
    assertThat(new Standing(4, cap, false).isNewsAfter(told)).isTrue();
    assertThat(new Standing(1, cap, false).isNewsAfter(new Standing(2, cap, false))).isTrue();
    assertThat(new Standing(8, new Cap.Overall(8), false).isNewsAfter(told)).isTrue();
    assertThat(new Standing(8, cap, true).isNewsAfter(told)).isTrue();
  }

  @Provide
  Arbitrary<Caps> caps() {
    Arbitrary<Optional<Integer>> limit = Arbitraries.integers().between(1, 4).optional();
    return Combinators.combine(limit, limit, limit, limit)
        .as((overall, account, template, job) ->
            new Caps(
                overall.map(OptionalInt::of).orElse(OptionalInt.empty()),
                account.map(max -> Map.of(ACCOUNT, max)).orElse(Map.of()),
                template.map(max -> Map.of(new TemplateName("classic"), max)).orElse(Map.of()),
                job.map(max -> Map.of(new JobName("a"), max)).orElse(Map.of())));
  }

  @Provide
  Arbitrary<List<Demand>> demands() {
    return Combinators.combine(
            Arbitraries.of("a", "b", "c"), Arbitraries.of("production", "classic", "builder"))
        .as(List::of)
        .list()
        .ofMaxSize(30)
        .map(pairs ->
            IntStream.range(0, pairs.size())
                .mapToObj(i -> demand(pairs.get(i).getFirst(), pairs.get(i).getLast(), i))
                .toList());
  }

  @Provide
  Arbitrary<List<String>> jobs() {
    return Arbitraries.of("a", "b", "c", "d").list().ofMaxSize(20);
  }
}
