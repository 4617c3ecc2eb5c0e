package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.Exit;
import dev.deputy.protocol.Outcome;
import dev.deputy.protocol.Output;
import dev.deputy.protocol.Protocol;
import dev.deputy.protocol.ProtocolException;
import dev.deputy.protocol.StepId;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepOutputTest {
  private static final StepId STEP = new StepId("one");

  @TempDir Path folder;
  private final RecordingLink link = new RecordingLink();
  private Spool spool;

  @BeforeEach
  void open() throws Exception {
    spool = Spool.open(folder.resolve("out"));
  }

  @Test
  void piecesAreNumberedWithoutGapsAndTheExitIsLast() throws Exception {
    StepOutput output = start(StepOutput.Limits.DEFAULT);
    write(output, "x".repeat(Protocol.MAX_CHUNK + 1));
    output.exit(new Exit(STEP, output.seal(), new Outcome.Exited(0), Optional.empty()));
    output.attach(link, 0);

    assertThat(link.next()).isEqualTo("1 at 0: " + Protocol.MAX_CHUNK);
    assertThat(link.next()).isEqualTo("2 at " + Protocol.MAX_CHUNK + ": 1");
    assertThat(link.next()).isEqualTo("exit 3");
  }

  /** Whoever acknowledged it may have been killed before it was kept. */
  @Test
  void theExitIsSaidAgainAlsoWhereItWasAcknowledged() throws Exception {
    StepOutput output = start(StepOutput.Limits.DEFAULT);
    output.attach(link, 0);
    write(output, "x");
    assertThat(link.next()).isEqualTo("1 at 0: 1");
    var exit = new Exit(STEP, output.seal(), new Outcome.Exited(0), Optional.empty());
    assertThat(output.sentExit()).isEmpty();
    output.exit(exit);
    assertThat(link.next()).isEqualTo("exit 2");
    output.acknowledge(2);
    assertThat(output.sentExit()).contains(exit);
    output.attach(new RecordingLink(), 0);
    assertThat(output.sentExit()).contains(exit);
  }

  @Test
  void writerWaitsWhileTooMuchIsNotAcknowledged() throws Exception {
    StepOutput output = start(new StepOutput.Limits(10, 1000));
    output.attach(link, 0);
    write(output, "0123456789a");
    assertThat(link.next()).isEqualTo("1 at 0: 11");
    CompletableFuture<Void> written = new CompletableFuture<>();
    Threads.start(
        "writer",
        () -> {
          write(output, "more");
          written.complete(null);
        });

    assertThatThrownBy(() -> written.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    output.acknowledge(1);

    written.get(5, TimeUnit.SECONDS);
    assertThat(link.next()).isEqualTo("2 at 11: 4");
  }

  @Test
  void moreOutputThanAllowedIsAnError() throws Exception {
    StepOutput output = start(new StepOutput.Limits(100, 10));

    assertThatThrownBy(() -> write(output, "0123456789a"))
        .isInstanceOf(StepOutput.FullException.class);
  }

  @Test
  void notTooManyPiecesAreInFlight() throws Exception {
    StepOutput output = start(StepOutput.Limits.DEFAULT);
    write(output, "x".repeat(200 * Protocol.MAX_CHUNK));
    output.attach(link, 0);
    for (int i = 0; i < 128; i++) {
      assertThat(link.next()).startsWith(i + 1 + " at ");
    }
    assertThat(link.sent.poll(100, TimeUnit.MILLISECONDS)).isNull();

    output.acknowledge(2);

    assertThat(link.next()).startsWith("129 at ");
    assertThat(link.next()).startsWith("130 at ");
  }

  @Test
  void newConnectionGetsTheSamePiecesFromTheFirstThatIsNotStored() throws Exception {
    StepOutput output = start(StepOutput.Limits.DEFAULT);
    output.attach(link, 0);
    write(output, "first");
    assertThat(link.next()).isEqualTo("1 at 0: 5");
    write(output, "second");
    assertThat(link.next()).isEqualTo("2 at 5: 6");
    link.broken = true;
    write(output, "third");
    RecordingLink later = new RecordingLink();

    output.attach(later, 1);

    assertThat(later.next()).isEqualTo("2 at 5: 6");
    assertThat(later.next()).isEqualTo("3 at 11: 5");
    assertThat(later.text()).isEqualTo("secondthird");
  }

  @Test
  void acknowledgingWhatDoesNotExistIsRefused() throws Exception {
    StepOutput output = start(StepOutput.Limits.DEFAULT);

    assertThatThrownBy(() -> output.acknowledge(1)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void spoolIsDeletedWhenAllIsDelivered() throws Exception {
    StepOutput output = new StepOutput(STEP, spool, StepOutput.Limits.DEFAULT);
    CompletableFuture<Void> delivered = new CompletableFuture<>();
    Threads.start(
        "delivery",
        () -> {
          output.run();
          delivered.complete(null);
        });
    write(output, "text");
    output.exit(new Exit(STEP, output.seal(), new Outcome.Exited(0), Optional.empty()));
    output.attach(link, 0);
    assertThat(link.next()).startsWith("1");
    assertThat(link.next()).isEqualTo("exit 2");

    output.acknowledge(2);

    delivered.get(5, TimeUnit.SECONDS);
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(output.undelivered()).isEmpty();
    assertThat(output.sentExit()).isPresent();
  }

  private StepOutput start(StepOutput.Limits limits) throws Exception {
    StepOutput output = new StepOutput(STEP, spool, limits);
    Threads.start("delivery", output::run);
    return output;
  }

  private static void write(StepOutput output, String text) throws Exception {
    byte[] bytes = text.getBytes(UTF_8);
    output.write(bytes, 0, bytes.length);
  }

  private static final class RecordingLink implements Link {
    final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final TreeMap<Long, Output> outputs = new TreeMap<>();
    volatile boolean broken;

    String next() throws InterruptedException {
      String next = sent.poll(5, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      return String.valueOf(next);
    }

    synchronized String text() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (Output output : outputs.values()) {
        byte[] copy = new byte[output.bytes().remaining()];
        output.bytes().get(copy);
        bytes.writeBytes(copy);
      }
      return bytes.toString(UTF_8);
    }

    @Override
    public void send(AgentMessage message) throws ConnectionLostException {
      check();
      sent.add(message instanceof Exit exit ? "exit " + exit.seq() : message.toString());
    }

    @Override
    public synchronized void send(Output output) throws ConnectionLostException {
      check();
      outputs.put(output.seq(), output);
      sent.add(output.seq() + " at " + output.offset() + ": " + output.bytes().remaining());
    }

    private void check() throws ConnectionLostException {
      if (broken) {
        throw new ConnectionLostException("broken");
      }
    }
  }
}
