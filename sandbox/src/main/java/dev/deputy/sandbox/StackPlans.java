package dev.deputy.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a stack is to be from a request, and checks it as far as that goes beforehand. */
final class StackPlans {
  private StackPlans() {}

  /** The plan of a new stack. */
  static Stack.Plan create(Call call) {
    Parameters request = call.parameters();
    String body =
        request
            .optionalText("TemplateBody")
            .orElseThrow(() ->
                call.api().invalid("Either Template URL or Template Body must be specified."));
    return plan(call, body, given(call, Map.of()), tags(request));
  }

  /** The plan of a stack that is changed; a plan that changes nothing is refused. */
  static Stack.Plan update(Call call, Stack.Plan before) {
    Stack.Plan plan = changed(call, before);
    if (plan.template().body().equals(before.template().body())
        && plan.parameters().equals(before.parameters())) {
      throw call.api().invalid("No updates are to be performed.");
    }
    return plan;
  }

  /** The plan of a stack that is there already; it may be the one that it has. */
  static Stack.Plan changed(Call call, Stack.Plan before) {
    Parameters request = call.parameters();
    boolean previous = request.flag("UsePreviousTemplate", false);
    if (previous == request.has("TemplateBody")) {
      throw call.api()
          .invalid("Either Template Body or UsePreviousTemplate must be specified, and not both.");
    }
    String body = previous ? before.template().body() : request.text("TemplateBody");
    Map<String, String> tags = request.has("Tags") ? tags(request) : before.tags();
    Stack.Plan plan = plan(call, body, given(call, before.given()), tags);
    if (!tags.equals(before.tags())) {
      throw call.api().invalid("A change of Tags is not supported by the sandbox's UpdateStack.");
    }
    return plan;
  }

  private static Stack.Plan plan(
      Call call, String body, Map<String, String> given, Map<String, String> tags) {
    Parameters request = call.parameters();
    try {
      Template template = StackResourceTypes.check(body);
      List<String> capabilities = request.texts("Capabilities");
      Set<String> needed = StackResourceTypes.capabilities(template);
      if (!capabilities.contains("CAPABILITY_NAMED_IAM") && !capabilities.containsAll(needed)) {
        throw AwsException.of(
            "InsufficientCapabilitiesException", "Requires capabilities : " + needed);
      }
      return new Stack.Plan(
          template,
          given,
          TemplateParameter.resolve(template.parameters(), given),
          tags,
          capabilities,
          request.optionalText("ClientRequestToken"));
    } catch (TemplateException refusal) {
      throw call.api().invalid(refusal.text());
    }
  }

  private static Map<String, String> tags(Parameters request) {
    return Call.tags(request.list("Tags"), "Key", "Value");
  }

  private static Map<String, String> given(Call call, Map<String, String> before) {
    Map<String, String> given = new HashMap<>();
    for (Parameters parameter : call.parameters().list("Parameters")) {
      String key = parameter.text("ParameterKey");
      boolean previous = parameter.flag("UsePreviousValue", false);
      if (previous == parameter.has("ParameterValue")) {
        throw call.api()
            .invalid(
                "Invalid input for parameter key %s. Specify either a value or UsePreviousValue."
                    .formatted(key));
      }
      String value = previous ? before.get(key) : parameter.text("ParameterValue");
      if (value != null) {
        given.put(key, value);
      }
    }
    return given;
  }
}
