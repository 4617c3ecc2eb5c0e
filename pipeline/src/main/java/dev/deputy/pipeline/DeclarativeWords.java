package dev.deputy.pipeline;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The words of declarative pipelines, for the reference. */
public final class DeclarativeWords {
  private DeclarativeWords() {}

  /**
   * What can stand in each section, under the section's name as the reference has it. Steps are not
   * among them: options may be any step that takes a block.
   */
  public static Map<String, Set<String>> bySection() {
    Map<String, Set<String>> words = new LinkedHashMap<>();
    words.put("pipeline", sorted(DeclarativeReader.SECTIONS));
    words.put("stage", sorted(StageReader.SECTIONS));
    words.put("matrix", sorted(StageReader.OF_MATRIX));
    words.put("agent", sorted(DirectiveReader.AGENTS));
    words.put("options", sorted(OptionsReader.OWN, OptionsReader.WITHOUT_EFFECT));
    words.put("parameters", sorted(ParametersReader.KINDS));
    words.put("triggers", sorted(DirectiveReader.TRIGGERS));
    words.put("input", sorted(DirectiveReader.INPUT));
    words.put("when", sorted(WhenReader.CONDITIONS, WhenReader.ORDER));
    words.put(
        "post",
        sorted(
            Arrays.stream(PipelineBlock.PostCondition.values())
                .map(PipelineBlock.PostCondition::keyword)
                .toList()));
    return Collections.unmodifiableMap(words);
  }

  @SafeVarargs
  private static Set<String> sorted(Collection<String>... parts) {
    Set<String> all = new TreeSet<>();
    for (Collection<String> part : parts) {
      all.addAll(part);
    }
    return Collections.unmodifiableSet(all);
  }
}
