package dev.deputy.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code deputy abort}: asks a build to end. */
@Command(
    name = "abort",
    mixinStandardHelpOptions = true,
    description = {
      "Ends a build on the controller that 'deputy serve' runs; its post conditions run.",
      "A second time it ends at once."
    },
    footer = {"", "Example:", "  deputy abort shop/main#12"})
final class AbortCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BUILD", description = "Such as shop/main#12.")
  private String build = "";

  @Mixin private ConfigurationOption configurationOption = new ConfigurationOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ControllerClient.of(configurationOption)
        .post("aborts", Map.of("build", build, "by", System.getProperty("user.name")));
    return ExitStatus.SUCCESS.code();
  }
}
