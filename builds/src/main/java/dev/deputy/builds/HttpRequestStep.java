package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code httpRequest}: a request of the agent, by its curl, so with the agent's network and never
 * the controller's. Headers and body travel in files that only the steps' account can read. The
 * value is a map with {@code status} and {@code content}.
 */
final class HttpRequestStep implements Step {
  private static final Pattern METHOD =
      Pattern.compile("GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|MKCOL");
  private static final Pattern URL = Pattern.compile("(?i)https?://[^\\s\"\\\\]+");

  private static final Map<String, String> TYPES =
      Map.of(
          "APPLICATION_JSON", "application/json",
          "APPLICATION_JSON_UTF8", "application/json; charset=UTF-8",
          "APPLICATION_FORM", "application/x-www-form-urlencoded",
          "APPLICATION_OCTETSTREAM", "application/octet-stream",
          "APPLICATION_XML", "application/xml",
          "APPLICATION_ZIP", "application/zip",
          "TEXT_HTML", "text/html",
          "TEXT_PLAIN", "text/plain");

  private static final String REQUEST =
      """
      command -v curl >/dev/null 2>&1 || exit 127
      umask 077
      status=0
      curl --silent --show-error --config "$DEPUTY_REQUEST/config" --output "$DEPUTY_REQUEST/answer" --write-out '%{http_code}\\n' || status=$?
      [ "$status" = 0 ] || { rm -rf -- "$DEPUTY_REQUEST"; exit "$status"; }
      if [ -n "$DEPUTY_OUTPUT" ] && [ -f "$DEPUTY_REQUEST/answer" ]; then
        mkdir -p -- "$(dirname -- "$DEPUTY_OUTPUT")"
        (umask 022; cat "$DEPUTY_REQUEST/answer" > "$DEPUTY_OUTPUT")
      fi
      if [ -f "$DEPUTY_REQUEST/answer" ]; then head -c 1000000 "$DEPUTY_REQUEST/answer"; fi
      rm -rf -- "$DEPUTY_REQUEST"
      """;

  @Override
  public StepSignature signature() {
    return Signatures.step("httpRequest")
        .value("url", Kind.STRING)
        .optional(
            Kind.STRING,
            "httpMode",
            "contentType",
            "acceptType",
            "requestBody",
            "validResponseCodes",
            "validResponseContent",
            "outputFile",
            "authentication",
            "consoleLogResponseBody",
            "responseHandle",
            "httpProxy",
            "uploadFile")
        .optional(Kind.INTEGER, "timeout")
        .optional(Kind.BOOLEAN, "quiet", "ignoreSslErrors", "passBuildParameters")
        .optional(Kind.LIST, "customHeaders")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("httpMode", "contentType", "outputFile");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String method = step.filledText("httpMode").orElse("GET");
    String url = step.text("url").strip();
    if (!METHOD.matcher(method).matches() || !URL.matcher(url).matches()) {
      throw new StepFailed(
          "httpRequest: " + method + " " + url + " (expected: GET or the like, and http(s)://…)");
    }
    for (String refused : List.of("authentication", "httpProxy", "uploadFile")) {
      if (step.filledText(refused).isPresent()) {
        throw new StepFailed(
            "httpRequest: '"
                + refused
                + "' is not supported (use withCredentials and sh 'curl …')");
      }
    }
    boolean quiet = step.flag("quiet", false);
    if (!quiet) {
      step.say("HttpMethod: " + method + "\nURL: " + url);
    }
    Agent.Result result = send(step, method, url);
    if (result.status() != 0) {
      throw new StepFailed(
          result.status() == 127
              ? "httpRequest: the agent has no program 'curl' (expected: an image that has it)"
              : "httpRequest: " + url + ": no answer (curl exit code " + result.status() + ")");
    }
    return answer(step, result.stdout(), quiet);
  }

  private static Object answer(StepContext step, String output, boolean quiet) {
    int end = output.indexOf('\n');
    int status = Integer.parseInt(output.substring(0, Math.max(end, 0)).strip());
    String content = end < 0 ? "" : output.substring(end + 1);
    if (!quiet) {
      step.say("Response Code: " + status);
      if (Boolean.parseBoolean(step.filledText("consoleLogResponseBody").orElse("false"))) {
        step.say("Response: \n" + content);
      }
    }
    String valid = step.filledText("validResponseCodes").orElse("100:399");
    if (!isValid(valid, status)) {
      throw new StepFailed(
          "Fail: Status code " + status + " is not in the accepted range: " + valid);
    }
    step.filledText("validResponseContent")
        .filter(text -> !content.contains(text))
        .ifPresent(text -> {
          throw new StepFailed("Fail: Response doesn't contain expected content '" + text + "'");
        });
    var value = new LinkedHashMap<String, Object>();
    value.put("status", status);
    value.put("content", content);
    return value;
  }

  private static boolean isValid(String ranges, int status) {
    try {
      return Arrays.stream(ranges.split(","))
          .map(range -> range.strip().split(":"))
          .anyMatch(range ->
              Integer.parseInt(range[0]) <= status
                  && status <= Integer.parseInt(range[range.length - 1]));
    } catch (NumberFormatException e) {
      throw new StepFailed(
          "httpRequest: validResponseCodes: \"" + ranges + "\" (expected: such as 100:399,404)");
    }
  }

  private static Agent.Result send(StepContext step, String method, String url) {
    String folder = Temporary.of(step) + "/httpRequest/" + step.number();
    var config = new StringBuilder();
    option(config, "url", url);
    if (method.equals("HEAD")) {
      config.append("head\n");
    } else {
      option(config, "request", method);
    }
    type(step, "contentType").ifPresent(type -> option(config, "header", "Content-Type: " + type));
    type(step, "acceptType").ifPresent(type -> option(config, "header", "Accept: " + type));
    for (Object header : step.list("customHeaders")) {
      if (header instanceof Map<?, ?> map) {
        option(config, "header", map.get("name") + ": " + map.get("value"));
      }
    }
    step.number("timeout")
        .filter(seconds -> seconds.intValue() > 0)
        .ifPresent(seconds -> option(config, "max-time", seconds.toString()));
    if (step.flag("ignoreSslErrors", false)) {
      config.append("insecure\n");
    }
    option(config, "max-redirs", "20");
    config.append("location\n");
    step.optionalText("requestBody")
        .filter(body -> !body.isEmpty())
        .ifPresent(body -> {
          secret(step, folder + "/body", body);
          option(config, "data-binary", "@" + folder + "/body");
        });
    secret(step, folder + "/config", config.toString());
    String output = step.filledText("outputFile").orElse("");
    return AgentScript.only(REQUEST, Map.of("DEPUTY_REQUEST", folder, "DEPUTY_OUTPUT", output))
        .run(step);
  }

  private static Optional<String> type(StepContext step, String parameter) {
    return step.filledText(parameter)
        .filter(type -> !type.equals("NOT_SET"))
        .map(type -> TYPES.getOrDefault(type.toUpperCase(Locale.ROOT), type));
  }

  /** One line of a curl configuration; a line end in a value would be another option. */
  private static void option(StringBuilder config, String name, String value) {
    String quoted =
        value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "").replace("\n", " ");
    config.append(name).append(" = \"").append(quoted).append("\"\n");
  }

  private static void secret(StepContext step, String path, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    step.doOnAgent(agent -> agent.writeSecret(step.number(), path, content));
  }
}
