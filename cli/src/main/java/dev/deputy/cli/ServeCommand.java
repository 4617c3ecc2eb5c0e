package dev.deputy.cli;

import dev.deputy.aws.StackFailed;
import dev.deputy.builds.BuildEvent;
import dev.deputy.core.BuildId;
import dev.deputy.server.BuildDesk;
import dev.deputy.server.Configuration;
import dev.deputy.server.ControlApi;
import dev.deputy.server.StateFolder;
import dev.deputy.server.StateUnavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * {@code deputy serve}: a controller that stays. However it ends, builds that it has not ended go
 * on when it is started again.
 */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a controller that stays, and goes on with builds that it did not end before.",
      "It may be stopped or killed at any time: agents go on meanwhile and come back, and no step"
          + " is run twice. Other commands reach it through the state folder."
    },
    footer = {
      "",
      "Example:",
      "  deputy serve --sandbox",
      "  deputy submit examples/dtap/Jenkinsfile",
      "  deputy status"
    })
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--sandbox",
      description =
          "Runs on a sandbox in a second process, which is started where it is missing and goes on"
              + " when this one is killed.")
  private boolean sandbox;

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "Runs on the AWS at this address of this machine, such as a sandbox.")
  private @Nullable URI endpoint;

  @Mixin private ConfigurationOption configurationOption = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (sandbox == (endpoint != null)) {
      throw new CommandFailed(ExitStatus.USAGE, "expected either --sandbox or --endpoint-url URL");
    }
    Configuration configuration = configurationOption.load(Path.of(""));
    StateFolder state = configurationOption.stateFolder(configuration);
    var process = SandboxProcess.of(state, configurationOption.file(Path.of("")).toString());
    URI aws =
        endpoint == null ? process.endpoint() : Objects.requireNonNull(Loopback.literal(endpoint));
    if (!Loopback.is(aws)) {
      throw new CommandFailed(
          ExitStatus.USAGE, "only endpoints on this machine are supported in this version: " + aws);
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Interrupts.onInterrupt(stopped::countDown, new CountDownLatch(1));
    ControllerOfRun controller = started(configuration, state, aws);
    var desk = new BuildDesk(controller.controller(), new FileRequests(configuration), this::tell);
    List<BuildId> again = desk.goOn();
    ControlApi.start(controller.controller(), desk, state);
    say(controller.where());
    again.forEach(build -> say(build + " goes on"));
    say("ready: leave builds with 'deputy submit FILE" + configurationOption.repeated() + "'");
    stopped.await();
    leave(desk, process);
    return ExitStatus.ABORTED.code();
  }

  /** Nothing is closed: what is under way is to go on. */
  private void leave(BuildDesk desk, SandboxProcess process) throws IOException {
    List<BuildId> running = desk.running();
    if (sandbox && running.isEmpty()) {
      process.end();
    }
    running.forEach(build -> say(build + " goes on when this is started again"));
    System.out.flush();
    Runtime.getRuntime().halt(ExitStatus.ABORTED.code());
  }

  private static ControllerOfRun started(
      Configuration configuration, StateFolder state, URI endpoint) {
    try {
      return ControllerOfRun.again(configuration, state, endpoint, System.getenv());
    } catch (StackFailed e) {
      throw unavailable("Deputy's set-up can not be used: " + e.getMessage());
    } catch (SdkException e) {
      throw unavailable("AWS can not be used: " + e.getMessage());
    } catch (StateUnavailable | IOException e) {
      throw unavailable(String.valueOf(e.getMessage()));
    }
  }

  private static CommandFailed unavailable(String message) {
    return new CommandFailed(ExitStatus.UNAVAILABLE, message);
  }

  private void tell(BuildEvent event) {
    if (output.json()) {
      new JsonView(System.out).on(event);
    } else {
      BuildDesk.words(event).ifPresent(this::say);
    }
  }

  private void say(String text) {
    if (!output.json()) {
      synchronized (System.out) {
        System.out.println(TerminalText.safe(text, false));
        System.out.flush();
      }
    }
  }
}
