package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.core.LaunchId;
import dev.deputy.fleet.Agent;
import dev.deputy.fleet.Agents;
import dev.deputy.fleet.Agents.AccessRefused;
import dev.deputy.fleet.LaunchFailed;
import dev.deputy.fleet.Need;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.InterruptionCause.Other;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code node}: gets an agent for a block, once access was granted, and ends it with the block, its
 * task confirmed STOPPED, whatever happens.
 */
final class NodeStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.block("node")
        .optionalValue("label", Kind.STRING)
        .literals(Admission::labelFault)
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("label");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    RunningBuild build = step.build();
    if (build.aborted()) {
      throw new Interrupted(
          BuildResult.ABORTED, new Other("No agent is launched after the build was aborted"));
    }
    Admission.Admitted admitted = new Admission(step).admit(step.filledText("label"));
    var use =
        new BuildEvent.AgentUse(
            step.block().stageName(),
            admitted.template().name(),
            build.settings().account(admitted.template()));
    var reports = new AgentReports(build, step.source(), use, build.clock());
    Agent agent = acquire(step, admitted, reports);
    Instant assigned = build.clock();
    try {
      return withAgent(step, admitted, agent);
    } finally {
      build.times().add(reports.times(assigned, build.clock()));
    }
  }

  private static @Nullable Object withAgent(
      StepContext step, Admission.Admitted admitted, Agent agent) {
    Object value;
    try {
      agent.mask(step.build().masks().secrets());
      Workplace workplace = Workplace.of(agent, admitted.template());
      step.record("launch", agent.launch().id().value());
      step.record("grant", admitted.grant());
      step.say("Running on " + workplace.name() + " in " + agent.workspace());
      value = step.body(step.block().on(workplace));
    } catch (RuntimeException | Error e) {
      release(step, agent);
      throw e;
    }
    Optional<Interrupted> interrupted = release(step, agent);
    if (interrupted.isPresent()) {
      throw interrupted.get();
    }
    return value;
  }

  private static Agent acquire(
      StepContext step, Admission.Admitted admitted, AgentReports reports) {
    RunningBuild build = step.build();
    var need =
        new Need(
            build.id(), step.block().stageName(), admitted.template().name(), admitted.grant());
    var acquired = new AtomicReference<@Nullable Agent>();
    Stored<Agent> form =
        Stored.of(
            agent -> fields(agent.assigned()),
            stored -> {
              Agent agent = build.agents().resume(need, assigned(stored), reports);
              acquired.set(agent);
              return agent;
            });
    try {
      return build.whileWaiting(
          step,
          form,
          () -> {
            try {
              Agent agent = build.agents().acquire(need, reports);
              acquired.set(agent);
              return agent;
            } catch (LaunchFailed e) {
              throw new StepFailed(
                  "no agent of template " + need.template() + ": " + e.getMessage());
            } catch (AccessRefused e) {
              throw build.deny(
                  step,
                  "job "
                      + build.id().job()
                      + ", agent template "
                      + need.template()
                      + ": "
                      + e.getMessage());
            }
          });
    } catch (RuntimeException | Error e) {
      // The interrupt may have come when the agent was there already.
      Optional.ofNullable(acquired.get()).ifPresent(agent -> release(step, agent));
      throw e;
    }
  }

  private static Agents.Assigned assigned(@Nullable Object stored) {
    Stored.Fields fields = Stored.Fields.of(stored);
    return new Agents.Assigned(
        new LaunchId(fields.text("launch")),
        fields.text("workspace"),
        fields.map("environment"),
        fields.optionalText("publicKey").map(key -> new Agents.Key(key, fields.text("tokenHash"))));
  }

  private static Map<String, Object> fields(Agents.Assigned assigned) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("launch", assigned.launch().value());
    fields.put("workspace", assigned.workspace());
    fields.put("environment", assigned.environment());
    assigned
        .key()
        .ifPresent(key -> {
          fields.put("publicKey", key.publicKey());
          fields.put("tokenHash", key.tokenHash());
        });
    return fields;
  }

  /**
   * Closes the agent without the baton, for good: an interrupt of the branch meanwhile is returned.
   */
  private static Optional<Interrupted> release(StepContext step, Agent agent) {
    Optional<Interrupted> interrupted = Optional.empty();
    while (true) {
      try {
        step.await(
            Stored.done(),
            () -> {
              agent.close();
              return true;
            });
        return interrupted;
      } catch (Interrupted e) {
        interrupted = Optional.of(e);
      } catch (Diverged e) {
        agent.close();
        throw e;
      }
    }
  }
}
