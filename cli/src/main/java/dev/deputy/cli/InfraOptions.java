package dev.deputy.cli;

import picocli.CommandLine.Mixin;

/** The options that the commands of {@code deputy infra} which reach AWS have in common. */
final class InfraOptions {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private AccountsOption accounts = new AccountsOption();
  @Mixin private OutputOption output = new OutputOption();

  /** The desk that they ask for. */
  InfraDesk desk() {
    return InfraDesk.of(configuration, accounts, output, Terminal.ofProcess(System.getenv()));
  }
}
