package dev.deputy.pipeline;

import dev.deputy.pipeline.DockerValue.Container;
import dev.deputy.pipeline.DockerValue.Engine;
import dev.deputy.pipeline.DockerValue.Image;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The methods of {@code docker}, as calls of the host's steps {@code dockerContainer}, {@code
 * dockerRegistry} and {@code dockerCommand}.
 */
final class DockerMethods {
  private static final Position HERE = new Position("docker", 1, 1);

  private DockerMethods() {}

  static MethodTable<DockerValue> table() {
    return new MethodTable<DockerValue>("docker")
        .add("image", 1, (d, a) -> engine(d, a, new Image(text(a, 0))))
        .add("build", 1, 2, DockerMethods::build)
        .add("withRegistry", 2, 3, DockerMethods::registry)
        .add("withTool", 2, (_, a) -> a.call(a.closure(1)))
        .add("withServer", 2, 3, (_, _) -> refusedServer())
        .add("inside", 1, 2, DockerMethods::inside)
        .add("run", 0, 2, (d, a) -> new Container(started(d, a, 0, a.count())))
        .add("withRun", 1, 3, DockerMethods::withRun)
        .add("pull", 0, (d, a) -> image(d, a, "pull", Map.of()))
        .add("push", 0, 2, DockerMethods::push)
        .add("tag", 0, 2, DockerMethods::tag)
        .add("imageName", 0, (d, a) -> image(d, a, "name", Map.of()))
        .add("stop", 0, (d, a) -> container(d, a, "stop", Map.of()))
        .add("port", 1, (d, a) -> container(d, a, "port", Map.of("port", text(a, 0))))
        .add("getId", 0, (d, _) -> d.toString());
  }

  /** {@code image.id}, {@code container.id}. */
  static Object property(DockerValue value, String name) {
    if (name.equals("id") && !(value instanceof Engine)) {
      return value.toString();
    }
    throw ScriptError.of(Type.MISSING_PROPERTY, "No such property: " + name + " for docker");
  }

  private static String text(Arguments arguments, int index) {
    return arguments.values().text(arguments.get(index));
  }

  private static Object refusedServer() {
    throw ScriptError.refused(
        "docker.withServer is not supported: agents use the Docker engine beside them");
  }

  private static DockerValue engine(DockerValue self, Arguments arguments, DockerValue made) {
    if (self instanceof Engine) {
      return made;
    }
    throw ScriptError.of(
        Type.MISSING_METHOD, "an image has no method " + arguments.method() + "()");
  }

  private static Image image(DockerValue self, Arguments arguments) {
    if (self instanceof Image image) {
      return image;
    }
    throw ScriptError.of(
        Type.MISSING_METHOD, self + " has no method " + arguments.method() + "(); images have");
  }

  private static @Nullable Object image(
      DockerValue self, Arguments arguments, String action, Map<String, String> more) {
    return command(arguments, action, with(more, "image", image(self, arguments).id()));
  }

  private static @Nullable Object container(
      DockerValue self, Arguments arguments, String action, Map<String, String> more) {
    if (self instanceof Container container) {
      return command(arguments, action, with(more, "container", container.id()));
    }
    throw ScriptError.of(
        Type.MISSING_METHOD, self + " has no method " + arguments.method() + "(); containers have");
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(map);
    all.put(name, value);
    return all;
  }

  private static @Nullable Object command(
      Arguments arguments, String action, Map<String, String> more) {
    return step(arguments, "dockerCommand", with(more, "action", action), null);
  }

  private static @Nullable Object step(
      Arguments arguments,
      String name,
      Map<String, String> given,
      StepCalls.@Nullable Block block) {
    return arguments.run().stepCalls().run(name, given, block, HERE, arguments.context());
  }

  private static StepCalls.Block body(Arguments arguments, Object... values) {
    ClosureValue closure = arguments.closure(arguments.count() - 1);
    return inner ->
        arguments.run().invocations().callClosure(closure, Arrays.asList(values), inner);
  }

  private static Object build(DockerValue self, Arguments arguments) {
    String id = text(arguments, 0);
    engine(self, arguments, self);
    String more = arguments.count() > 1 ? text(arguments, 1) : ".";
    command(arguments, "build", Map.of("image", id, "args", more));
    return new Image(id);
  }

  private static @Nullable Object registry(DockerValue self, Arguments arguments) {
    engine(self, arguments, self);
    Map<String, String> given = new LinkedHashMap<>();
    given.put("url", text(arguments, 0));
    if (arguments.count() > 2 && arguments.get(1) != null) {
      given.put("credentialsId", text(arguments, 1));
    }
    return step(arguments, "withDockerRegistry", given, body(arguments));
  }

  private static @Nullable Object inside(DockerValue self, Arguments arguments) {
    String args = arguments.count() > 1 ? text(arguments, 0) : "";
    return step(
        arguments,
        "withDockerContainer",
        Map.of("image", image(self, arguments).id(), "args", args),
        body(arguments));
  }

  private static String started(DockerValue self, Arguments arguments, int from, int to) {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("args", to - from > 0 ? text(arguments, from) : "");
    given.put("command", to - from > 1 ? text(arguments, from + 1) : "");
    return String.valueOf(image(self, arguments, "run", given));
  }

  private static @Nullable Object withRun(DockerValue self, Arguments arguments) {
    Container container = new Container(started(self, arguments, 0, arguments.count() - 1));
    List<@Nullable Object> values = List.of(container);
    try {
      return arguments
          .run()
          .invocations()
          .callClosure(arguments.closure(arguments.count() - 1), values, arguments.context());
    } finally {
      command(arguments, "stop", Map.of("container", container.id()));
    }
  }

  private static @Nullable Object push(DockerValue self, Arguments arguments) {
    return arguments.count() == 0 || arguments.get(0) == null
        ? image(self, arguments, "push", Map.of())
        : image(self, arguments, "push", Map.of("tag", text(arguments, 0)));
  }

  private static @Nullable Object tag(DockerValue self, Arguments arguments) {
    return arguments.count() == 0
        ? image(self, arguments, "tag", Map.of())
        : image(self, arguments, "tag", Map.of("tag", text(arguments, 0)));
  }
}
