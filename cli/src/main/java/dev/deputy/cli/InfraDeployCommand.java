package dev.deputy.cli;

import dev.deputy.aws.Deployment;
import dev.deputy.aws.StackChange;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deputy infra deploy}: brings the stacks to what the configuration says. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what would change, asks, and changes it stack by stack. Stops at the first failure;",
      "started again it goes on from there. Stacks that the configuration does not have any more",
      "are deleted last."
    },
    footer = {"", "Example:", "  deputy infra deploy --profile production=prod-admin"})
final class InfraDeployCommand implements Callable<Integer> {
  @Option(names = "--yes", description = "Does not ask.")
  private boolean yes;

  @Mixin private InfraOptions options = new InfraOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.desk().answering(yes).work(InfraDeployCommand::deploy).code();
  }

  /** Shows, asks and changes. */
  static ExitStatus deploy(InfraDesk desk, Deployment deployment)
      throws IOException, InterruptedException {
    List<StackChange> plan = deployment.plan();
    desk.view().plan(plan);
    if (plan.stream().noneMatch(StackChange::isNeeded)) {
      return ExitStatus.SUCCESS;
    }
    boolean agreed = false;
    try {
      agreed = desk.agree("Deploy this? Only yes is a yes: ", "yes");
    } finally {
      if (!agreed) {
        deployment.discard(plan);
      }
    }
    if (!agreed) {
      desk.view().say("Nothing was changed.");
      return ExitStatus.ABORTED;
    }
    desk.execute(
        deployment,
        plan,
        "The stacks after it were left as they were. Mend the cause and deploy again: that goes on"
            + " from there.");
    desk.view().finished("Deployed. A controller that runs has to be started again to see it.");
    return ExitStatus.SUCCESS;
  }
}
