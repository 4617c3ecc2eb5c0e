package dev.deputy.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deputy answer}: answers what a build asks. */
@Command(
    name = "answer",
    mixinStandardHelpOptions = true,
    description = {
      "Answers a question of a build on the controller that 'deputy serve' runs.",
      "Nobody proves here who they are: answers are as good as whoever runs this."
    },
    footer = {"", "Example:", "  deputy answer shop/main#12 input-7 yes --as carol"})
final class AnswerCommand implements Callable<Integer> {
  /** What can be said. */
  enum Said {
    YES,
    NO
  }

  @Parameters(index = "0", paramLabel = "BUILD", description = "Such as shop/main#12.")
  private String build = "";

  @Parameters(index = "1", paramLabel = "QUESTION", description = "Its id, as status shows it.")
  private String question = "";

  @Parameters(index = "2", paramLabel = "yes|no", description = "The answer.")
  private Said said = Said.NO;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "Who answers (default: the user of the operating system).")
  private String by = System.getProperty("user.name");

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A parameter that the question asks for; may be repeated.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Mixin private ConfigurationOption configurationOption = new ConfigurationOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ControllerClient.of(configurationOption)
        .post(
            "answers",
            Map.of(
                "build", build,
                "question", question,
                "approved", said == Said.YES,
                "by", by,
                "values", values));
    System.out.println(
        "%s %s: %s said %s".formatted(build, question, by, said == Said.YES ? "yes" : "no"));
    return ExitStatus.SUCCESS.code();
  }
}
