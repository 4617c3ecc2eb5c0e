package dev.deputy.pipeline;

import dev.deputy.pipeline.PipelineBlock.AgentChoice;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code agent { docker … }} and {@code agent { dockerfile … }}. */
final class ContainerReader {
  static final Set<String> OF_NODE = Set.of("label", "customWorkspace", "reuseNode");
  static final Set<String> OF_REGISTRY = Set.of("registryUrl", "registryCredentialsId");

  private final Sections sections;
  private final Findings findings;
  private final StepChecker checker;

  ContainerReader(Sections sections, StepChecker checker) {
    this.sections = sections;
    this.findings = sections.findings();
    this.checker = checker;
  }

  AgentChoice read(Expression.Call agent, Expression.Call kind) {
    boolean file = kind.name().equals("dockerfile");
    Map<String, Expression> fields = fields(kind, file);
    if (!file && !fields.containsKey("image")) {
      findings.error(kind.at(), "'docker' has no image", "write docker { image 'maven:3' }");
    }
    AgentChoice node = node(agent, fields);
    Map<String, Expression> container = new LinkedHashMap<>(fields);
    container.keySet().removeAll(OF_NODE);
    Map<String, Expression> registry = new LinkedHashMap<>();
    rename(container, "registryUrl", registry, "url");
    rename(container, "registryCredentialsId", registry, "credentialsId");
    if (file) {
      rename(container, "filename", container, "dockerfile");
      container.putIfAbsent("dockerfile", new Expression.Constant(kind.at(), "Dockerfile"));
    }
    return new AgentChoice.Container(
        node, Collections.unmodifiableMap(container), Collections.unmodifiableMap(registry));
  }

  private static void rename(
      Map<String, Expression> from, String name, Map<String, Expression> to, String other) {
    Expression value = from.remove(name);
    if (value != null) {
      to.put(other, value);
    }
  }

  private Map<String, Expression> fields(Expression.Call kind, boolean file) {
    Set<String> known = new TreeSet<>(OF_NODE);
    known.addAll(OF_REGISTRY);
    known.add("args");
    known.addAll(
        file ? Set.of("filename", "dir", "additionalBuildArgs") : Set.of("image", "alwaysPull"));
    Map<String, Expression> fields = new LinkedHashMap<>();
    boolean lone =
        kind.arguments().size() == 1
            && !(kind.arguments().getFirst() instanceof Expression.Closure);
    if (lone) {
      if (!file) {
        fields.put("image", kind.arguments().getFirst());
      }
      return fields;
    }
    Optional<Statement.Block> block = sections.filledBlock(kind);
    block.ifPresent(inner ->
        sections
            .known(inner, kind.name(), known, Map.of())
            .forEach((name, call) ->
                sections.single(call, "one value").ifPresent(value -> fields.put(name, value))));
    return fields;
  }

  private AgentChoice node(Expression.Call agent, Map<String, Expression> fields) {
    Expression reuse = fields.get("reuseNode");
    if (reuse instanceof Expression.Constant(Position _, Object value)
        && Boolean.TRUE.equals(value)) {
      return new AgentChoice.Same();
    }
    Expression label = fields.get("label");
    AgentChoice node =
        label == null
            ? new AgentChoice.Any(agent.at())
            : new AgentChoice.Labelled(agent.at(), label);
    if (label != null) {
      checker.checkLabel(label);
    }
    Expression folder = fields.get("customWorkspace");
    return folder == null ? node : new AgentChoice.InFolder(node, folder);
  }
}
