package dev.deputy.cli;

import dev.deputy.aws.WantedStack;
import dev.deputy.server.Configuration;
import dev.deputy.server.Controller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deputy infra synth}: what would be deployed, to be read. */
@Command(
    name = "synth",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the stacks in the order of their deployment, with account, Region and parameters,",
      "and then their templates. Needs no credentials: everything follows from the configuration."
    },
    footer = {"", "Example:", "  deputy infra synth --out stacks"})
final class InfraSynthCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes templates and parameters there instead, as the AWS CLI takes them.")
  private @Nullable Path out;

  @Mixin private ConfigurationOption configurationOption = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    Configuration configuration = configurationOption.load(Path.of(""));
    List<WantedStack> stacks = Controller.stacks(configuration).wanted();
    if (out != null) {
      try {
        StackFolder.write(out, stacks);
      } catch (IOException e) {
        throw new CommandFailed(
            ExitStatus.UNAVAILABLE, out + ": can not be written: " + e.getMessage());
      }
    }
    StackListing listing = new StackListing(System.out, stacks);
    if (output.json()) {
      listing.json(out == null);
    } else {
      listing.text(out == null);
    }
    return ExitStatus.SUCCESS.code();
  }
}
