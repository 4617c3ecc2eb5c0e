package dev.deputy.cli;

import dev.deputy.aws.WantedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stacks as files: {@code stacks.json} has their order, {@code templates} the templates, {@code
 * parameters} the parameters in the form of the AWS CLI.
 */
final class StackFolder {
  private static final String INDEX = "stacks.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private StackFolder() {}

  /**
   * Writes all files; what an earlier call wrote there goes.
   *
   * @throws CommandFailed where the folder has other things in it
   */
  static void write(Path folder, List<WantedStack> stacks) throws IOException {
    Path templates = folder.resolve("templates");
    Path parameters = folder.resolve("parameters");
    clear(folder, List.of(templates, parameters));
    Files.createDirectories(templates);
    Files.createDirectories(parameters);
    List<Map<String, Object>> index = new ArrayList<>();
    for (WantedStack stack : stacks) {
      String file = stack.account().name() + "-" + stack.name() + ".json";
      Files.writeString(templates.resolve(stack.template()), stack.body());
      Files.writeString(
          parameters.resolve(file), JSON.writeValueAsString(cli(stack.parameters())) + "\n");
      Map<String, Object> entry = StackListing.described(stack);
      entry.put("template", "templates/" + stack.template());
      entry.put("parameters", "parameters/" + file);
      index.add(entry);
    }
    Files.writeString(folder.resolve(INDEX), JSON.writeValueAsString(index) + "\n");
  }

  private static List<Map<String, String>> cli(Map<String, String> parameters) {
    List<Map<String, String>> list = new ArrayList<>();
    parameters.forEach((name, value) -> {
      Map<String, String> parameter = new LinkedHashMap<>();
      parameter.put("ParameterKey", name);
      parameter.put("ParameterValue", value);
      list.add(parameter);
    });
    return list;
  }

  private static void clear(Path folder, List<Path> written) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    if (!Files.isRegularFile(folder.resolve(INDEX))) {
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new CommandFailed(
              ExitStatus.USAGE,
              "--out: "
                  + folder
                  + " has files in it that synth did not write (no "
                  + INDEX
                  + "); name an empty folder, or one that is not there");
        }
      }
      return;
    }
    for (Path part : written) {
      if (Files.isDirectory(part)) {
        Folders.remove(part);
      }
    }
  }
}
