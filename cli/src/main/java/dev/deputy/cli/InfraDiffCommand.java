package dev.deputy.cli;

import dev.deputy.aws.Deployment;
import dev.deputy.aws.StackChange;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code deputy infra diff}: what a deployment would change. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Compares what is deployed with the configuration, by change sets that are made, shown and",
      "deleted again. Exit status 0 when nothing differs, 4 when something does."
    },
    footer = {"", "Example:", "  deputy infra diff --profile production=prod-admin"})
final class InfraDiffCommand implements Callable<Integer> {
  @Mixin private InfraOptions options = new InfraOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.desk().work(this::compare).code();
  }

  private ExitStatus compare(InfraDesk desk, Deployment deployment) throws InterruptedException {
    List<StackChange> plan = deployment.plan();
    deployment.discard(plan);
    desk.view().plan(plan);
    return plan.stream().anyMatch(StackChange::isNeeded)
        ? ExitStatus.DIFFERENT
        : ExitStatus.SUCCESS;
  }
}
