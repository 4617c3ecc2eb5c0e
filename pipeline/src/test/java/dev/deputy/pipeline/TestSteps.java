package dev.deputy.pipeline;

import dev.deputy.pipeline.StepSignature.BodyUse;
import dev.deputy.pipeline.StepSignature.Kind;
import dev.deputy.pipeline.StepSignature.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The catalogue that the tests check and run against. */
final class TestSteps implements StepCatalog {
  private final Map<String, StepSignature> steps = new TreeMap<>();

  TestSteps() {
    add("echo", BodyUse.NONE, false, lone("message", Kind.STRING));
    add("error", BodyUse.NONE, false, lone("message", Kind.STRING));
    add("unstable", BodyUse.NONE, false, lone("message", Kind.STRING));
    add(
        "sh",
        BodyUse.NONE,
        true,
        lone("script", Kind.STRING),
        named("returnStdout", Kind.BOOLEAN),
        named("returnStatus", Kind.BOOLEAN),
        named("label", Kind.STRING),
        named("encoding", Kind.STRING));
    add("dir", BodyUse.REQUIRED, true, lone("path", Kind.STRING));
    add("deleteDir", BodyUse.NONE, true);
    add("checkout", BodyUse.NONE, true, lone("scm", Kind.ANY));
    add(
        "stash",
        BodyUse.NONE,
        true,
        lone("name", Kind.STRING),
        named("includes", Kind.STRING),
        named("excludes", Kind.STRING));
    add("unstash", BodyUse.NONE, true, lone("name", Kind.STRING));
    add("sleep", BodyUse.NONE, false, lone("time", Kind.INTEGER), named("unit", Kind.STRING));
    add("readFile", BodyUse.NONE, true, lone("file", Kind.STRING));
    add(
        "writeFile",
        BodyUse.NONE,
        true,
        new Parameter("file", Kind.STRING, true, false),
        new Parameter("text", Kind.STRING, true, false));
    add(
        "catchError",
        BodyUse.REQUIRED,
        false,
        named("message", Kind.STRING),
        named("buildResult", Kind.STRING),
        named("stageResult", Kind.STRING));
    add("waitUntil", BodyUse.REQUIRED, false, named("initialRecurrencePeriod", Kind.INTEGER));
    add("withCredentials", BodyUse.REQUIRED, false, lone("bindings", Kind.LIST));
    add("lock", BodyUse.REQUIRED, false, named("resource", Kind.STRING));
    add("archiveArtifacts", BodyUse.NONE, true, lone("artifacts", Kind.STRING));
    add("junit", BodyUse.NONE, true, lone("testResults", Kind.STRING));
    add("library", BodyUse.NONE, false, lone("identifier", Kind.STRING));
    add("load", BodyUse.NONE, true, lone("path", Kind.STRING));
    add("value", BodyUse.NONE, false, lone("value", Kind.ANY));
  }

  private static Parameter lone(String name, Kind kind) {
    return new Parameter(name, kind, true, true);
  }

  private static Parameter named(String name, Kind kind) {
    return new Parameter(name, kind, false, false);
  }

  private void add(String name, BodyUse body, boolean needsAgent, Parameter... parameters) {
    steps.put(name, new StepSignature(name, List.of(parameters), body, needsAgent));
  }

  @Override
  public Optional<StepSignature> find(String name) {
    return Optional.ofNullable(steps.get(name));
  }

  @Override
  public Set<String> names() {
    return steps.keySet();
  }
}
