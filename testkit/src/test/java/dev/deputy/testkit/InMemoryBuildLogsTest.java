package dev.deputy.testkit;

import dev.deputy.core.BuildLogs;

class InMemoryBuildLogsTest extends BuildLogsContract {
  private final InMemoryBuildLogs logs = new InMemoryBuildLogs();

  @Override
  protected BuildLogs logs() {
    return logs;
  }
}
