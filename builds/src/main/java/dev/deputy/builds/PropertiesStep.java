package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.ParameterDefinition;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code properties}: of the job's properties the parameters take effect, in this build: they have
 * the values that it was started with, or their defaults; and which jobs may copy its artifacts.
 * The others are named in a warning.
 */
final class PropertiesStep implements Step {
  private static final Set<String> PARAMETERS =
      Set.of(
          "parameters",
          "ParametersDefinitionProperty",
          "hudson.model.ParametersDefinitionProperty");

  private static final Set<String> PERMISSIONS =
      Set.of(
          "copyArtifactPermission",
          "CopyArtifactPermissionProperty",
          "hudson.plugins.copyartifact.CopyArtifactPermissionProperty");

  @Override
  public StepSignature signature() {
    return Signatures.step("properties").value("properties", Kind.LIST).anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    List<ParameterDefinition> parameters = new ArrayList<>();
    Set<String> others = new TreeSet<>();
    for (Object property : step.list("properties")) {
      if (property == null) {
        continue;
      }
      if (!(property instanceof Map<?, ?> map) || map.get("$class") == null) {
        throw new StepFailed(
            "properties: "
                + property
                + " (expected: parameters([…]), buildDiscarder(…) or the like)");
      }
      String name = String.valueOf(map.get("$class"));
      if (PARAMETERS.contains(name)) {
        Object list =
            map.get(map.containsKey("parameters") ? "parameters" : "parameterDefinitions");
        if (list instanceof List<?> items) {
          items.forEach(item -> parameters.add(InputParameters.read(step.name(), item)));
        }
      } else if (PERMISSIONS.contains(name)) {
        String jobs =
            String.valueOf(map.get(map.containsKey("projectNames") ? "projectNames" : name));
        ArtifactReaders.of(step.build().stores().folder(step.build().id()))
            .allow(Arrays.stream(jobs.split(",")).map(String::strip).toList());
      } else {
        others.add(name);
      }
    }
    declare(step, parameters);
    if (!others.isEmpty()) {
      step.say("WARNING: properties: without effect here: " + String.join(", ", others));
    }
    return null;
  }

  private static void declare(StepContext step, List<ParameterDefinition> parameters) {
    try {
      step.build().declare(parameters);
    } catch (IllegalArgumentException e) {
      throw new StepFailed("properties: " + e.getMessage());
    }
  }
}
