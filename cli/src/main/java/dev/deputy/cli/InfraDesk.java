package dev.deputy.cli;

import dev.deputy.aws.AwsConnections;
import dev.deputy.aws.Deployment;
import dev.deputy.aws.StackChange;
import dev.deputy.aws.StackFailed;
import dev.deputy.aws.WrongAccount;
import dev.deputy.server.Configuration;
import dev.deputy.server.Controller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What the commands of {@code deputy infra} that reach AWS have in common: the configuration, who
 * is told and asked, and what is said of failures.
 *
 * @param agreed whether nobody needs to be asked
 */
record InfraDesk(
    Configuration configuration,
    AwsConnections connections,
    AccountsOption accounts,
    InfraView view,
    Terminal terminal,
    boolean agreed) {

  /** What a command does with a deployment. */
  interface Work {
    ExitStatus with(InfraDesk desk, Deployment deployment) throws IOException, InterruptedException;
  }

  static InfraDesk of(
      ConfigurationOption configurationOption,
      AccountsOption accounts,
      OutputOption output,
      Terminal terminal) {
    Configuration configuration = configurationOption.load(Path.of(""));
    return new InfraDesk(
        configuration,
        accounts.connections(configuration, () -> configurationOption.stateFolder(configuration)),
        accounts,
        output.json() ? new InfraJsonView(System.out) : new InfraTextView(terminal),
        terminal,
        true);
  }

  /**
   * The desk of a command that changes something.
   *
   * @throws CommandFailed where somebody would have to be asked and can not be
   */
  InfraDesk answering(boolean yes) {
    if (!yes && !(terminal.interactive() && view.isForPeople())) {
      throw new CommandFailed(
          ExitStatus.USAGE,
          "nobody can be asked here: look at what deputy infra diff says, then give --yes");
    }
    return new InfraDesk(configuration, connections, accounts, view, terminal, yes);
  }

  /** Whether it may be done: that is said beforehand, or answered with exactly this. */
  boolean agree(String question, String answer) throws IOException, InterruptedException {
    return agreed || terminal.ask(question).equals(answer);
  }

  /**
   * Carries out what was agreed to.
   *
   * @param advice for whoever reads that a stack failed
   */
  void execute(Deployment deployment, List<StackChange> plan, String advice)
      throws InterruptedException {
    try {
      deployment.execute(plan);
    } catch (StackFailed e) {
      throw new CommandFailed(ExitStatus.FAILURE, e.getMessage() + "\n" + advice);
    }
  }

  /** Works, in a way that Ctrl-C ends well; what CloudFormation has begun goes on then. */
  ExitStatus work(Work work) throws IOException {
    Thread worker = Thread.currentThread();
    CountDownLatch closed = new CountDownLatch(1);
    Interrupts.onInterrupt(worker::interrupt, closed);
    try (Deployment deployment =
        new Deployment(Controller.stacks(configuration), connections, view)) {
      return work.with(this, deployment);
    } catch (InterruptedException | AbortedException _) {
      view.say("Interrupted. What CloudFormation has begun it brings to an end.");
      return ExitStatus.ABORTED;
    } catch (WrongAccount e) {
      throw new CommandFailed(ExitStatus.USAGE, wrong(e));
    } catch (StackFailed e) {
      throw new CommandFailed(ExitStatus.FAILURE, String.valueOf(e.getMessage()));
    } catch (SdkException e) {
      throw new CommandFailed(
          ExitStatus.UNAVAILABLE, "AWS can not be used: " + String.valueOf(e.getMessage()));
    } finally {
      closed.countDown();
    }
  }

  private String wrong(WrongAccount e) {
    return "profile "
        + accounts.profile(e.account())
        + ": "
        + e.getMessage()
        + ". Nothing was done. Name the right profile with --profile "
        + e.account().name()
        + "=PROFILE";
  }
}
