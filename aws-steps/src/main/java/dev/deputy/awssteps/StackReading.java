package dev.deputy.awssteps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ValidateTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.ValidateTemplateResponse;

/** What can be asked of CloudFormation without changing anything. */
final class StackReading {
  private StackReading() {}

  /** {@code cfnDescribe}: a stack's outputs. */
  static Optional<Object> describe(Arguments arguments, Log log) {
    String name = arguments.required("stack");
    log.line("Getting outputs of CloudFormation stack " + name);
    try (CloudFormationClient client = Stack.connect()) {
      return Optional.of(new Stack(client, name).outputs());
    }
  }

  /** {@code cfnExports}: what all stacks of the account and Region export. */
  static Optional<Object> exports(Arguments arguments, Log log) {
    log.line("Getting global exports of CloudFormation");
    Map<String, Object> exports = new LinkedHashMap<>();
    try (CloudFormationClient client = Stack.connect()) {
      client
          .listExportsPaginator(call -> {})
          .exports()
          .forEach(export -> exports.put(export.name(), export.value()));
    }
    return Optional.of(exports);
  }

  /** {@code cfnValidate}: what a template says of itself. */
  static Optional<Object> validate(Arguments arguments, Log log) throws IOException {
    var request = new StackRequest(arguments);
    Optional<String> body = request.body();
    if (body.isEmpty() && request.url().isEmpty()) {
      throw new OperationFailed("file or url is missing");
    }
    log.line(
        "Validating CloudFormation template "
            + arguments.text("file").or(request::url).orElse("text"));
    try (CloudFormationClient client = Stack.connect()) {
      return Optional.of(
          told(
              client.validateTemplate(
                  ValidateTemplateRequest.builder()
                      .templateBody(body.orElse(null))
                      .templateURL(body.isPresent() ? null : request.url().orElse(null))
                      .build())));
    }
  }

  private static Map<String, Object> told(ValidateTemplateResponse answer) {
    Map<String, Object> told = new LinkedHashMap<>();
    if (answer.description() != null) {
      told.put("description", answer.description());
    }
    List<Object> parameters = new ArrayList<>();
    answer
        .parameters()
        .forEach(parameter -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("parameterKey", parameter.parameterKey());
          entry.put("noEcho", Boolean.TRUE.equals(parameter.noEcho()));
          if (parameter.defaultValue() != null) {
            entry.put("defaultValue", parameter.defaultValue());
          }
          if (parameter.description() != null) {
            entry.put("description", parameter.description());
          }
          parameters.add(entry);
        });
    told.put("parameters", parameters);
    told.put("capabilities", new ArrayList<Object>(answer.capabilitiesAsStrings()));
    return told;
  }
}
