package dev.deputy.pipeline;

import dev.deputy.pipeline.PipelineBlock.AgentChoice;
import dev.deputy.pipeline.PipelineBlock.EnvironmentVariable;
import dev.deputy.pipeline.PipelineBlock.Options;
import dev.deputy.pipeline.PipelineBlock.PostAction;
import dev.deputy.pipeline.PipelineBlock.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code pipeline} block. */
final class DeclarativeReader {
  static final Set<String> SECTIONS =
      Set.of(
          "agent",
          "stages",
          "environment",
          "options",
          "parameters",
          "triggers",
          "post",
          "tools",
          "libraries");
  private final Sections sections;
  private final Findings findings;
  private final DirectiveReader directives;
  private final OptionsReader options;
  private final StageReader stages;

  DeclarativeReader(Findings findings, StepChecker checker) {
    this.findings = findings;
    this.sections = new Sections(findings);
    this.directives = new DirectiveReader(sections, checker);
    this.options = new OptionsReader(sections, checker);
    this.stages = new StageReader(sections, directives, options, checker);
  }

  /** The block, to be used only if nothing was found. */
  Optional<PipelineBlock> read(Expression.Call pipeline) {
    Optional<Statement.Block> body = sections.filledBlock(pipeline);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Expression.Call> found = sections.known(body.get(), "pipeline", SECTIONS, Map.of());
    AgentChoice agent = agent(pipeline, found);
    boolean hasAgent = !(agent instanceof AgentChoice.None);
    List<EnvironmentVariable> environment =
        directives.environment(Optional.ofNullable(found.get("environment")), hasAgent);
    Options read =
        options.read(Optional.ofNullable(found.get("options")), OptionsReader.Level.PIPELINE);
    Optional.ofNullable(found.get("triggers")).ifPresent(directives::triggers);
    ParametersReader reader = new ParametersReader(sections);
    List<ParameterDefinition> parameters =
        reader.read(Optional.ofNullable(found.get("parameters")));
    List<Stage> all = stages(pipeline, found, hasAgent);
    List<PostAction> post = directives.post(Optional.ofNullable(found.get("post")), hasAgent);
    return Optional.of(
        new PipelineBlock(
            pipeline.at(),
            directives.libraries(Optional.ofNullable(found.get("libraries"))),
            agent,
            environment,
            directives.tools(Optional.ofNullable(found.get("tools")), true),
            read,
            parameters,
            reader.computed(),
            all,
            post));
  }

  private AgentChoice agent(Expression.Call pipeline, Map<String, Expression.Call> found) {
    Expression.Call agent = found.get("agent");
    if (agent == null) {
      findings.error(
          pipeline.at(),
          "'pipeline' has no 'agent'",
          "add agent any, agent none or agent { label '…' }");
      return new AgentChoice.Any(pipeline.at());
    }
    return directives.agent(agent);
  }

  private List<Stage> stages(
      Expression.Call pipeline, Map<String, Expression.Call> found, boolean hasAgent) {
    Expression.Call section = found.get("stages");
    if (section == null) {
      findings.error(
          pipeline.at(), "'pipeline' has no 'stages'", "add stages { stage('…') { steps { … } } }");
      return List.of();
    }
    return stages.stages(section, new StageReader.Surroundings(hasAgent, false));
  }
}
