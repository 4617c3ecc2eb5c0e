package dev.deputy.awssteps;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.RollbackConfiguration;
import software.amazon.awssdk.services.cloudformation.model.RollbackTrigger;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** What the steps that change a stack have in common: the template and what goes with it. */
record StackRequest(Arguments arguments) {
  /** What Jenkins' plug-in acknowledges for everybody. */
  static final List<Capability> CAPABILITIES =
      List.of(
          Capability.CAPABILITY_IAM,
          Capability.CAPABILITY_NAMED_IAM,
          Capability.CAPABILITY_AUTO_EXPAND);

  String stack() {
    return arguments.required("stack");
  }

  /** Names the operation in the stack's events. */
  String token() {
    return arguments.text("clientRequestToken").orElseGet(() -> arguments.required("token"));
  }

  /** The template's text, of a file or given as it is. */
  Optional<String> body() throws IOException {
    Optional<String> file = arguments.text("file");
    if (file.isPresent()) {
      return Optional.of(read("file", file.get()));
    }
    return arguments.text("template");
  }

  Optional<String> url() {
    return arguments.text("url");
  }

  /**
   * The parameters, of the file first.
   *
   * @param keep whether those of {@code keepParams} stay as they are in the stack
   */
  List<Parameter> parameters(boolean keep) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    Optional<String> file = arguments.text("paramsFile");
    if (file.isPresent()) {
      values.putAll(ParameterFile.of(file.get(), read("paramsFile", file.get())));
    }
    values.putAll(arguments.pairs("params"));
    List<Parameter> parameters = new ArrayList<>();
    values.forEach((key, value) ->
        parameters.add(Parameter.builder().parameterKey(key).parameterValue(value).build()));
    if (keep) {
      for (String key : arguments.list("keepParams")) {
        parameters.add(Parameter.builder().parameterKey(key).usePreviousValue(true).build());
      }
    }
    return parameters;
  }

  List<Tag> tags() throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    Optional<String> file = arguments.text("tagsFile");
    if (file.isPresent()) {
      values.putAll(ParameterFile.of(file.get(), read("tagsFile", file.get())));
    }
    values.putAll(arguments.pairs("tags"));
    List<Tag> tags = new ArrayList<>();
    values.forEach((key, value) -> tags.add(Tag.builder().key(key).value(value).build()));
    return tags;
  }

  List<String> notifications() {
    return arguments.list("notificationARNs");
  }

  @Nullable String role() {
    return arguments.text("roleArn").orElse(null);
  }

  /** Null where the pipeline asks for none. */
  @Nullable RollbackConfiguration rollback() {
    Map<String, String> triggers = arguments.pairs("rollbackTriggers");
    Optional<Long> minutes = arguments.number("rollbackTimeoutInMinutes");
    if (triggers.isEmpty() && minutes.isEmpty()) {
      return null;
    }
    RollbackConfiguration.Builder rollback = RollbackConfiguration.builder();
    minutes.ifPresent(value -> rollback.monitoringTimeInMinutes(Math.toIntExact(value)));
    return rollback
        .rollbackTriggers(
            triggers.entrySet().stream()
                .map(t -> RollbackTrigger.builder().type(t.getKey()).arn(t.getValue()).build())
                .toList())
        .build();
  }

  /** A file of the step's folder. */
  private static String read(String parameter, String file) throws IOException {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new OperationFailed(parameter + ": there is no file " + file);
    }
  }
}
