package dev.deputy.fleet;

import dev.deputy.core.Launch;
import dev.deputy.fleet.Endings.Manner;
import dev.deputy.fleet.LaunchAttempt.Signal;
import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.Exit;
import dev.deputy.protocol.AgentMessage.FileContent;
import dev.deputy.protocol.AgentMessage.FileFailed;
import dev.deputy.protocol.AgentMessage.FileState;
import dev.deputy.protocol.AgentMessage.Ready;
import dev.deputy.protocol.AgentMessage.Resume;
import dev.deputy.protocol.Codec;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.ControllerMessage.DeleteDirectory;
import dev.deputy.protocol.ControllerMessage.FileExists;
import dev.deputy.protocol.ControllerMessage.GetFiles;
import dev.deputy.protocol.ControllerMessage.PutFiles;
import dev.deputy.protocol.ControllerMessage.ReadFile;
import dev.deputy.protocol.ControllerMessage.Resumed;
import dev.deputy.protocol.ControllerMessage.Start;
import dev.deputy.protocol.ControllerMessage.WriteFile;
import dev.deputy.protocol.Outcome;
import dev.deputy.protocol.ProtocolException;
import dev.deputy.protocol.RequestId;
import dev.deputy.protocol.StepId;
import dev.deputy.protocol.StepIdentity;
import dev.deputy.protocol.TransferId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A registered agent: what builds order goes out here, what it says comes in. Thread-safe. */
final class RemoteAgent implements Agent {
  private final Bond bond;
  private final AgentTools tools;
  private final AgentLink link = new AgentLink();
  private final Orders orders = new Orders();
  private final StepRuns steps;
  private final AgentLife life;
  private final Set<String> masks = new CopyOnWriteArraySet<>();

  /** Tells what this process asks for from what an earlier one did. */
  private final String numbering;

  private final AtomicInteger numbers = new AtomicInteger();
  private final AgentInbox inbox;

  /** One that has just proven itself. */
  RemoteAgent(Bond bond, LaunchAttempt attempt, AgentTools tools) {
    this(bond, attempt, tools, Optional.empty());
  }

  /** One that an earlier process of the controller had, and that is to come back. */
  static RemoteAgent resumed(
      Bond bond, LaunchAttempt attempt, AgentTools tools, Agents.Assigned assigned) {
    var ready = new Ready(assigned.workspace(), "", assigned.environment());
    return new RemoteAgent(bond, attempt, tools, Optional.of(ready));
  }

  private RemoteAgent(Bond bond, LaunchAttempt attempt, AgentTools tools, Optional<Ready> before) {
    this.bond = bond;
    this.tools = tools;
    this.steps = new StepRuns(orders, link, before.isPresent());
    this.numbering =
        before.isPresent() ? Long.toString(tools.clock().instant().toEpochMilli(), 36) + "." : "";
    this.life = new AgentLife(bond, attempt, link, orders, tools);
    var issue = new CredentialTalk(bond.launch(), attempt, tools.credentials());
    this.inbox =
        new AgentInbox(
            link, orders, steps, life, issue, before, () -> attempt.signal(new Signal.Ready(this)));
  }

  Bond bond() {
    return bond;
  }

  String session() {
    return bond.session();
  }

  /** The first connection; false where the agent was given up already. */
  boolean attach(AgentConnection connection, ControllerMessage greeting) {
    return life.attach(connection, () -> List.of(Codec.encode(greeting)));
  }

  /** A later connection, proven by the key; false where the agent was given up already. */
  boolean resume(AgentConnection connection, Resume resume) {
    return life.attach(
        connection,
        () -> {
          List<String> texts = new ArrayList<>();
          texts.add(Codec.encode(new Resumed(steps.acknowledged(resume.lastSeq()))));
          texts.addAll(orders.repetitions());
          return texts;
        });
  }

  /** It may come back as long as its task lives, but not for longer than the grace. */
  void expect() {
    life.expect();
  }

  void detached(AgentConnection connection) {
    life.detached(connection);
  }

  void send(ControllerMessage message) {
    link.send(message);
  }

  /** A message of the agent, on one of its connections. */
  void take(AgentMessage message, AgentConnection connection) {
    inbox.take(message, connection);
  }

  /** A binary frame of the agent, on one of its connections. */
  void take(ByteBuffer frame, AgentConnection connection) {
    inbox.take(frame, connection);
  }

  /** What it sent is not of the protocol. */
  void garbled(ProtocolException e) {
    life.untrusted("it does not keep to the protocol: " + e.getMessage());
  }

  /** Begins the end, once. */
  Ending end(Manner manner) {
    steps.forget();
    return life.end(manner);
  }

  @Override
  public Launch launch() {
    return bond.launch();
  }

  @Override
  public Agents.Assigned assigned() {
    return new Agents.Assigned(
        launch().id(),
        workspace(),
        environment(),
        Optional.of(new Agents.Key(bond.publicKey(), bond.tokenHash())));
  }

  @Override
  public String workspace() {
    return inbox.ready().workspace();
  }

  @Override
  public Map<String, String> environment() {
    return inbox.ready().environment();
  }

  @Override
  public Result sh(Order order, Output output) throws InterruptedException, ResultUnknown, NotDone {
    StepId id = new StepId(order.id());
    Start start =
        new Start(
            id,
            order.script(),
            order.environment(),
            order.dir(),
            order.timeout(),
            order.capture(),
            List.copyOf(masks),
            order.identity().stream().map(RemoteAgent::identity).toList(),
            order.fromFiles());
    StepRun run = new StepRun(id, output);
    // Before the order: a connection that is resumed meanwhile may send it, and output answers it.
    boolean missed = steps.add(run);
    try (Orders.Order placed = orders.place(id, start, true)) {
      if (missed) {
        link.renew("output is missing");
      } else {
        link.send(placed.text());
      }
      try {
        return result((Exit) placed.await());
      } catch (InterruptedException e) {
        placed.follow(StepRuns.cancel(id));
        link.send(StepRuns.cancel(id));
        placed.await(tools.settings().stopping().cancelGrace());
        throw e;
      }
    } finally {
      steps.remove(run);
    }
  }

  private static StepIdentity identity(AwsIdentity identity) {
    return switch (identity) {
      case AwsIdentity.Role role ->
          new StepIdentity.Role(
              Integer.toString(role.block()),
              role.arn(),
              role.sessionName(),
              role.externalId(),
              role.policy(),
              role.duration());
      case AwsIdentity.Keys(String id, String secret, Optional<String> token) ->
          new StepIdentity.Keys(id, secret, token);
    };
  }

  private static Result result(Exit exit) throws ResultUnknown, NotDone {
    return switch (exit.outcome()) {
      case Outcome.Exited(int status) -> new Result(status, exit.captured().orElse(""));
      case Outcome.TimedOut() -> throw new NotDone("the step's time was over");
      case Outcome.Cancelled() -> throw new NotDone("the step was cancelled");
      case Outcome.NotStarted(String reason) ->
          throw new NotDone("the step was not started: " + reason);
      case Outcome.Ended(String reason) -> throw new NotDone("the agent ended the step: " + reason);
      case Outcome.Unknown(String reason) -> throw new ResultUnknown(reason);
    };
  }

  @Override
  public int collect(int step, String dir, List<String> includes, List<String> excludes, Sink sink)
      throws InterruptedException, ResultUnknown, NotDone {
    TransferId id = new TransferId(number(step));
    try (TransferDesk.Transfer transfer = tools.desk().open(bond, id);
        Orders.Order order = orders.place(id, new PutFiles(id, dir, includes, excludes), true)) {
      link.send(order.text());
      return transfer.take(order, sink);
    }
  }

  @Override
  public void deliver(int step, String dir, Content archive)
      throws InterruptedException, ResultUnknown, NotDone {
    TransferId id = new TransferId(number(step));
    try (TransferDesk.Transfer transfer = tools.desk().open(bond, id);
        Orders.Order order = orders.place(id, new GetFiles(id, dir), true)) {
      link.send(order.text());
      transfer.give(order, archive);
    }
  }

  @Override
  public Optional<TextFile> readFile(int step, String path)
      throws InterruptedException, ResultUnknown, NotDone {
    AgentMessage answer = ask(step, id -> new ReadFile(id, path));
    if (answer instanceof FileContent(_, ByteBuffer content, List<String> secrets)) {
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      return Optional.of(new TextFile(bytes, secrets));
    }
    if (!exists(step, path)) {
      return Optional.empty();
    }
    throw notDone(answer);
  }

  @Override
  public void writeFile(int step, String path, byte[] content)
      throws InterruptedException, ResultUnknown, NotDone {
    state(ask(step, id -> new WriteFile(id, path, ByteBuffer.wrap(content))));
  }

  @Override
  public void writeSecret(int step, String path, byte[] content)
      throws InterruptedException, ResultUnknown, NotDone {
    state(ask(step, id -> new WriteFile(id, path, ByteBuffer.wrap(content), true)));
  }

  @Override
  public boolean exists(int step, String path) throws InterruptedException, ResultUnknown, NotDone {
    return state(ask(step, id -> new FileExists(id, path)));
  }

  @Override
  public void deleteDir(int step, String path) throws InterruptedException, ResultUnknown, NotDone {
    state(ask(step, id -> new DeleteDirectory(id, path)));
  }

  @Override
  public void mask(List<String> secrets) {
    masks.addAll(secrets);
  }

  @Override
  public void close() {
    end(new Manner.Stop("the build does not need it any more")).awaitVacated();
  }

  private AgentMessage ask(int step, Function<RequestId, ControllerMessage> question)
      throws InterruptedException, ResultUnknown, NotDone {
    RequestId id = new RequestId(number(step));
    try (Orders.Order order = orders.place(id, question.apply(id), true)) {
      link.send(order.text());
      return order.await();
    }
  }

  private static boolean state(AgentMessage answer) throws NotDone {
    if (answer instanceof FileState(_, boolean exists)) {
      return exists;
    }
    throw notDone(answer);
  }

  private static NotDone notDone(AgentMessage answer) {
    return new NotDone(
        answer instanceof FileFailed(_, String error)
            ? error
            : "the agent answered with something else");
  }

  /** An id for something that a step asks for; a step may ask for several. */
  private String number(int step) {
    return step + "-" + numbering + numbers.incrementAndGet();
  }
}
