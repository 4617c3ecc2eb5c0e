package dev.deputy.pipeline;

import dev.deputy.pipeline.PipelineHost.CurrentBuild;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code env}, {@code params}, {@code currentBuild} and {@code scm}. */
final class Globals {
  /** What {@code currentBuild} has. */
  static final Set<String> BUILD_PROPERTIES =
      new TreeSet<>(
          List.of(
              "result",
              "currentResult",
              "number",
              "id",
              "displayName",
              "fullDisplayName",
              "fullProjectName",
              "projectName",
              "description",
              "duration",
              "durationString",
              "previousBuild",
              "changeSets",
              "buildCauses",
              "buildVariables",
              "upstreamBuilds",
              "absoluteUrl",
              "keepLog",
              "startTimeInMillis",
              "timeInMillis"));

  /** What {@code scm} has. */
  static final Set<String> SCM_PROPERTIES =
      new TreeSet<>(
          List.of(
              "branches",
              "userRemoteConfigs",
              "extensions",
              "key",
              "gitTool",
              "browser",
              "type",
              "doGenerateSubmoduleConfigurations",
              "submoduleCfg"));

  private final PipelineHost host;
  private final Values values;
  private final StepArguments copies;
  private final Supplier<Map<String, Object>> parameters;

  /**
   * @param parameters {@code params}, as they are when they are asked for
   */
  Globals(
      PipelineHost host,
      Values values,
      StepArguments copies,
      Supplier<Map<String, Object>> parameters) {
    this.host = host;
    this.parameters = parameters;
    this.values = values;
    this.copies = copies;
  }

  /** Whether a variable may have this property; only of global objects that is known. */
  static boolean has(String variable, String property) {
    return switch (variable) {
      case "currentBuild" -> BUILD_PROPERTIES.contains(property);
      case "scm" -> SCM_PROPERTIES.contains(property);
      default -> true;
    };
  }

  /** The global object of this name, or null. */
  @Nullable Object named(String name) {
    return switch (name) {
      case "env" -> Global.ENV;
      case "currentBuild" -> Global.CURRENT_BUILD;
      case "scm" -> Global.SCM;
      case "docker" -> new DockerValue.Engine();
      case "params" -> parameters.get();
      default -> null;
    };
  }

  @Nullable Object get(Global global, String name, Context context) {
    return switch (global) {
      case ENV -> context.variable(name);
      case CURRENT_BUILD -> ofBuild(name, context);
      case PREVIOUS_BUILD -> ofPreviousBuild(name);
      case SCM -> ofScm(name);
    };
  }

  private @Nullable Object ofScm(String name) {
    if (!SCM_PROPERTIES.contains(name)) {
      throw ScriptError.refused(
          "scm.%s is not supported; there are %s"
              .formatted(name, String.join(", ", SCM_PROPERTIES)));
    }
    return copies.fromStep(host.scm().get(name));
  }

  private @Nullable Object ofBuild(String name, Context context) {
    CurrentBuild build = host.currentBuild();
    return switch (name) {
      case "result" -> result(build.result(), context);
      case "currentResult" -> current(context).name();
      case "number" -> build.number();
      case "id" -> Integer.toString(build.number());
      case "displayName" -> build.displayName();
      case "fullDisplayName" -> build.fullProjectName() + " " + build.displayName();
      case "fullProjectName" -> build.fullProjectName();
      case "projectName" ->
          build.fullProjectName().substring(build.fullProjectName().lastIndexOf('/') + 1);
      case "description" -> build.description();
      case "duration" -> build.durationMillis();
      case "durationString" -> Globals.duration(build.durationMillis());
      case "changeSets" -> BuildFacts.changeSets(host.changes());
      case "buildCauses" -> BuildFacts.causes(build.causes(), null);
      case "buildVariables" -> environment(context);
      case "upstreamBuilds" -> new ArrayList<@Nullable Object>();
      case "absoluteUrl" -> context.variable("BUILD_URL");
      case "keepLog" -> false;
      case "startTimeInMillis", "timeInMillis" ->
          host.now().toEpochMilli() - build.durationMillis();
      case "previousBuild" -> build.previousResult() == null ? null : Global.PREVIOUS_BUILD;
      case "rawBuild" ->
          throw new RefusedUse(
              Refusals.message(Refusals.property(name), Refusals.ofProperty(name).orElse("")));
      default ->
          throw ScriptError.refused(
              "currentBuild.%s is not supported; there are %s"
                  .formatted(name, String.join(", ", BUILD_PROPERTIES)));
    };
  }

  /** {@code env.getEnvironment()}. */
  Map<@Nullable Object, @Nullable Object> environment(Context context) {
    return new LinkedHashMap<@Nullable Object, @Nullable Object>(context.scope().environment());
  }

  /** The result so far, including what {@code post} runs after. */
  BuildResult current(Context context) {
    BuildResult soFar = host.currentBuild().currentResult();
    return context.outcome() == null ? soFar : soFar.worse(context.outcome());
  }

  private @Nullable String result(@Nullable BuildResult set, Context context) {
    if (context.outcome() != null) {
      return current(context).name();
    }
    return set == null ? null : set.name();
  }

  private @Nullable String ofPreviousBuild(String name) {
    BuildResult previous = host.currentBuild().previousResult();
    if (!name.equals("result") && !name.equals("currentResult")) {
      throw ScriptError.refused("currentBuild.previousBuild." + name + " is not supported");
    }
    return previous == null ? null : previous.name();
  }

  void set(Global global, String name, @Nullable Object value) {
    CurrentBuild build = host.currentBuild();
    String text = value == null ? null : values.text(value);
    if (global == Global.ENV) {
      host.setEnvironment(name, values.text(value));
    } else if (global == Global.CURRENT_BUILD && name.equals("result")) {
      setResult(text);
    } else if (global == Global.CURRENT_BUILD && name.equals("displayName")) {
      build.setDisplayName(values.text(value));
    } else if (global == Global.CURRENT_BUILD && name.equals("description")) {
      build.setDescription(text);
    } else if (global != Global.CURRENT_BUILD || !name.equals("keepLog")) {
      throw ScriptError.refused(global.expression() + "." + name + " cannot be set");
    }
  }

  private void setResult(@Nullable String text) {
    if (text != null) {
      host.currentBuild().setResult(result(text));
    }
  }

  /** A result by its name, in any case; as in Jenkins any other word is FAILURE. */
  static BuildResult result(String text) {
    return Arrays.stream(BuildResult.values())
        .filter(result -> result.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElse(BuildResult.FAILURE);
  }

  private static String duration(long millis) {
    long seconds = millis / 1000;
    return seconds < 60
        ? seconds + " sec"
        : seconds < 3600
            ? seconds / 60 + " min " + seconds % 60 + " sec"
            : seconds / 3600 + " hr " + seconds / 60 % 60 + " min";
  }
}
