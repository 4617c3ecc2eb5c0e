package dev.deputy.server;

import dev.deputy.access.AccessPolicy;
import dev.deputy.access.Grants;
import dev.deputy.aws.AwsConnection;
import dev.deputy.aws.EcsTasks;
import dev.deputy.aws.InfrastructureStacks;
import dev.deputy.aws.StsAgentIdentities;
import dev.deputy.builds.BuildAccessGate;
import dev.deputy.builds.BuildObserver;
import dev.deputy.builds.BuildOutcome;
import dev.deputy.builds.BuildRequest;
import dev.deputy.builds.BuildRunner;
import dev.deputy.builds.BuildSettings;
import dev.deputy.builds.BuildStores;
import dev.deputy.builds.Questions;
import dev.deputy.builds.Timekeeper;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.Infrastructure;
import dev.deputy.fleet.Fleet;
import dev.deputy.fleet.FleetSettings;
import dev.deputy.store.FileBuildLogs;
import dev.deputy.store.SqliteStore;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One controller: everything wired by hand, in order, and closed in reverse. Thread-safe once started.
 */
public final class Controller implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private Controller() {}
}
