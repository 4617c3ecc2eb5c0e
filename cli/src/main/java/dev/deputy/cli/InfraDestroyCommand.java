package dev.deputy.cli;

import dev.deputy.aws.Deployment;
import dev.deputy.aws.StackChange;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deputy infra destroy}: leaves no stack of Deputy in the accounts. */
@Command(
    name = "destroy",
    mixinStandardHelpOptions = true,
    description = {
      "Deletes all stacks of Deputy in the accounts of the configuration, in the reverse order,"
          + " with",
      "everything in them: the log group of the agents too. Asks for the name of the cloud."
    },
    footer = {"", "Example:", "  deputy infra destroy --profile production=prod-admin"})
final class InfraDestroyCommand implements Callable<Integer> {
  @Option(names = "--yes", description = "Does not ask.")
  private boolean yes;

  @Mixin private InfraOptions options = new InfraOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.desk().answering(yes).work(InfraDestroyCommand::destroy).code();
  }

  /** Shows, asks and deletes. */
  static ExitStatus destroy(InfraDesk desk, Deployment deployment)
      throws IOException, InterruptedException {
    List<StackChange> plan = deployment.planOfRemoval();
    desk.view().plan(plan);
    if (plan.isEmpty()) {
      return ExitStatus.SUCCESS;
    }
    String name = desk.configuration().cloud().name();
    if (!desk.agree("Delete all of this? Type " + name + " to do so: ", name)) {
      desk.view().say("Nothing was deleted.");
      return ExitStatus.ABORTED;
    }
    desk.execute(deployment, plan, "Mend the cause and destroy again: that goes on from there.");
    desk.view().finished("Deleted.");
    return ExitStatus.SUCCESS;
  }
}
