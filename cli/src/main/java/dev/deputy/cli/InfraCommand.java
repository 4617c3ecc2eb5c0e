package dev.deputy.cli;

import picocli.CommandLine.Command;

/** {@code deputy infra}: the set-up of a configuration as CloudFormation stacks. */
@Command(
    name = "infra",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Shows, compares, deploys and removes the CloudFormation stacks of a configuration.",
      "People do this, with rights that the controller does not have."
    },
    subcommands = {
      InfraSynthCommand.class,
      InfraDiffCommand.class,
      InfraDeployCommand.class,
      InfraDestroyCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  deputy infra synth --out stacks",
      "  deputy infra diff --profile tooling=ci-admin --profile production=prod-admin",
      "  deputy infra deploy"
    })
final class InfraCommand {}
