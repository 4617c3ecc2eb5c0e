package dev.deputy.sandbox;

import dev.deputy.iam.Arn;
import dev.deputy.sandbox.Identity.AwsService;
import dev.deputy.sandbox.Identity.RoleName;
import dev.deputy.sandbox.Identity.RoleSession;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * An AWS in this process: every service, account and region at one address on loopback, over the
 * real wire protocols, so that unmodified SDKs and the AWS CLI work against it. Signatures are
 * verified and IAM policies are enforced; what it does not know it refuses by name. Thread-safe.
 */
public final class Sandbox implements AutoCloseable {
  private static final Duration SERVICE_SESSION = Duration.ofHours(1);

  /** IAM and STS know no region; their calls are recorded where global services record theirs. */
  private static final String ANY_REGION = "us-east-1";

  private final Server server;
  private final Clock clock;
  private final URI endpoint;
  private final Keys keys;
  private final EcsService ecs;
  private final String isolation;
  private final ServiceSessions sessions;

  private Sandbox(
      Server server,
      URI endpoint,
      Keys keys,
      EcsService ecs,
      ServiceSessions sessions,
      String isolation,
      Clock clock) {
    this.clock = clock;
    this.server = server;
    this.endpoint = endpoint;
    this.keys = keys;
    this.sessions = sessions;
    this.ecs = ecs;
    this.isolation = isolation;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Where every service answers, such as {@code http://127.0.0.1:4566}. */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * The long-lived key of an account's root user. The account comes into being at the first
   * request; later ones return the same key.
   *
   * @param accountId 12 digits
   * @throws IllegalArgumentException when it is not an account id
   */
  public AccessKey rootKey(String accountId) {
    if (!accountId.matches("\\d{12}")) {
      throw new IllegalArgumentException(
          "accountId: %s (expected: 12 digits)".formatted(accountId));
    }
    return keys.root(accountId);
  }

  /**
   * Has an AWS service start a session of a role, as an instance's profile does: the role must
   * trust the service. The session lasts an hour.
   *
   * @param service such as {@code ec2.amazonaws.com}
   * @throws IllegalStateException when there is no such role or it does not trust the service
   */
  public AccessKey serviceSession(String roleArn, String service, String sessionName) {
    Arn role = Arn.parse(roleArn);
    var caller = new AwsService(service, role.account(), roleArn);
    try {
      return sessions.issue(caller, roleArn, sessionName, SERVICE_SESSION, ANY_REGION).key();
    } catch (AwsException e) {
      throw new IllegalStateException(
          "no session of " + roleArn + " for " + service + ": " + e.getMessage(), e);
    }
  }

  /**
   * The unique id of the role with this ARN, which its sessions have too; empty where there is
   * none.
   */
  public Optional<String> roleId(String roleArn) {
    return sessions.roleId(roleArn);
  }

  /**
   * A key of a session that has expired: something for trying out that it is refused.
   *
   * @param accountId 12 digits
   */
  public AccessKey expiredKey(String accountId) {
    var role = new RoleName(accountId, "/", "expired", Ids.unique("AROA", 17));
    Instant past = clock.instant().minus(SERVICE_SESSION);
    return keys.issue(
        new RoleSession(
            role, "expired", Optional.empty(), Map.of(), Set.of(), List.of(), past, past));
  }

  /**
   * How tasks are kept apart from the host: {@code bubblewrap} (own processes, read-only files) or
   * {@code none}.
   */
  public String isolation() {
    return isolation;
  }

  /**
   * Ends all tasks and stops answering. Calls under way are cut off. Closing again has no effect.
   */
  @Override
  public void close() {
    ecs.close();
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("the sandbox did not stop", e);
    }
  }

  /** How a sandbox is to be. Not thread-safe. */
  public static final class Builder {
    private int port;
    private Clock clock = Clock.systemUTC();
    private final Map<String, ImageCommand> images = new LinkedHashMap<>();
    private final Set<Path> hidden = new LinkedHashSet<>();

    private Builder() {}

    /** The port to listen on; 0, the default, takes any free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** The clock against which signatures and sessions expire; the system's by default. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** What to run for a container image of this name; an image without a tag is {@code latest}. */
    public Builder image(String name, ImageCommand command) {
      images.put(name, command);
      return this;
    }

    /**
     * A directory of this machine that tasks must not see, such as one with state; the user's home
     * directory need not be named. It is hidden under the isolation {@code bubblewrap} only.
     */
    public Builder hide(Path directory) {
      hidden.add(directory.toAbsolutePath().normalize());
      return this;
    }

    /**
     * Starts to listen on 127.0.0.1.
     *
     * @throws IllegalStateException when the port is taken
     */
    public Sandbox start() {
      var keys = new Keys(clock);
      var directory = new Directory();
      var history = new EventHistory();
      var dispatcher = new Dispatcher(new Authorizer(directory), history, clock);
      dispatcher.add(new StsService(directory, keys));
      dispatcher.add(new IamService(directory));
      dispatcher.add(new CloudTrailService(history));
      dispatcher.add(new SsmService());
      dispatcher.add(new EcrService());
      dispatcher.add(new S3Service());
      dispatcher.add(new LogsService());
      Server server = new Server(new VirtualThreadPool());
      ServerConnector connector = open(server);
      URI endpoint = URI.create("http://127.0.0.1:" + connector.getLocalPort());
      var taskEndpoint = new TaskEndpoint();
      EcsHost host = EcsHost.thisMachine(images, hidden, taskEndpoint, endpoint, clock);
      var sessions = new ServiceSessions(dispatcher, keys, directory);
      var ecs = new EcsService(new EcsInstance(host, dispatcher, sessions, keys));
      dispatcher.add(ecs);
      dispatcher.add(new CloudFormationService(dispatcher, clock));
      var front = new Front(new Authenticator(keys, directory, clock), dispatcher);
      server.setHandler(new Handler.Sequence(taskEndpoint, front));
      server.setErrorHandler(Front::refuse);
      try {
        server.start();
      } catch (Exception e) {
        throw new IllegalStateException("the sandbox did not start", e);
      }
      return new Sandbox(server, endpoint, keys, ecs, sessions, host.isolation(), clock);
    }

    private ServerConnector open(Server server) {
      var http = new HttpConfiguration();
      http.setSendServerVersion(false);
      // Headers and paths as they were signed: keys of S3 may look like any path.
      http.setHeaderCacheCaseSensitive(true);
      http.setUriCompliance(UriCompliance.UNSAFE);
      var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
      connector.setHost("127.0.0.1");
      connector.setPort(port);
      server.addConnector(connector);
      try {
        connector.open();
      } catch (IOException e) {
        throw new IllegalStateException("cannot listen on 127.0.0.1:" + port, e);
      }
      return connector;
    }
  }
}
