package dev.deputy.builds;

import dev.deputy.access.AccessDecision;
import dev.deputy.access.TemplateChoice;
import dev.deputy.core.TemplateName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the policy said of a need when the run first asked, as the journal keeps it. */
sealed interface Choice {
  record Granted(TemplateName template, String grant) implements Choice {}

  /**
   * More people have to say yes first.
   *
   * @param candidates who may
   * @param missing how many more
   */
  record Approvable(TemplateName template, String grant, List<String> candidates, int missing)
      implements Choice {}

  record Denied(String reason) implements Choice {}

  record NoSuchAgent(String reason) implements Choice {}

  Stored<Choice> STORED = Stored.of(Choice::fields, Choice::read);

  static Choice of(TemplateChoice.Outcome outcome) {
    return switch (outcome) {
      case TemplateChoice.Outcome.NoSuchAgent(String reason) -> new NoSuchAgent(reason);
      case TemplateChoice.Outcome.Decided(var template, AccessDecision.Granted(var grant, _)) ->
          new Granted(template.name(), grant.name());
      case TemplateChoice.Outcome.Decided(
              var template,
              AccessDecision.ApprovalMissing(var grant, var candidates, int missing)) ->
          new Approvable(template.name(), grant.name(), candidates, missing);
      case TemplateChoice.Outcome.Decided(_, AccessDecision.Denied(String reason)) ->
          new Denied(reason);
    };
  }

  private static Map<String, Object> fields(Choice choice) {
    var fields = new LinkedHashMap<String, Object>();
    switch (choice) {
      case Granted(TemplateName template, String grant) -> {
        fields.put("template", template.value());
        fields.put("granted", grant);
      }
      case Approvable(TemplateName template, String grant, var candidates, int missing) -> {
        fields.put("template", template.value());
        fields.put("approvable", grant);
        fields.put("candidates", candidates);
        fields.put("missing", missing);
      }
      case Denied(String reason) -> fields.put("denied", reason);
      case NoSuchAgent(String reason) -> fields.put("unknown", reason);
    }
    return fields;
  }

  private static Choice read(@Nullable Object stored) {
    Stored.Fields fields = Stored.Fields.of(stored);
    if (fields.optionalText("denied").isPresent()) {
      return new Denied(fields.text("denied"));
    }
    if (fields.optionalText("unknown").isPresent()) {
      return new NoSuchAgent(fields.text("unknown"));
    }
    var template = new TemplateName(fields.text("template"));
    return fields
        .optionalText("granted")
        .<Choice>map(grant -> new Granted(template, grant))
        .orElseGet(() ->
            new Approvable(
                template,
                fields.text("approvable"),
                fields.texts("candidates"),
                fields.number("missing")));
  }
}
