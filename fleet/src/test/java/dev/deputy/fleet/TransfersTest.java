package dev.deputy.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.deputy.core.LaunchState;
import dev.deputy.fleet.AgentTransfers.Answer;
import dev.deputy.fleet.TestFleet.Running;
import dev.deputy.protocol.AgentMessage.TransferDone;
import dev.deputy.protocol.ControllerMessage.GetFiles;
import dev.deputy.protocol.ControllerMessage.PutFiles;
import dev.deputy.protocol.TransferId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransfersTest {
  private final TestFleet fleet = new TestFleet();
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private FakeAgent remote;
  private Agent agent;
  private AgentTransfers transfers;

  @BeforeEach
  void acquire() throws Exception {
    fleet.start();
    transfers = fleet.fleet.transfers();
    Running<Agent> acquiring = fleet.acquiring();
    var task = fleet.task();
    fleet.awaitState(LaunchState.Submitted.class);
    remote = fleet.agent(task).register(fleet.clock.instant()).ready();
    agent = acquiring.get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    if (remote.wire().closed == 0) {
      remote.serve();
    }
    fleet.close();
    fleet.assertNothingLeft();
  }

  private Running<Integer> collecting() {
    return TestFleet.run(
        () -> agent.collect(3, "dir", List.of("**/*.jar"), List.of(), in -> in.transferTo(taken)));
  }

  private Running<Boolean> delivering(Agent.Content content) {
    return TestFleet.run(() -> {
      agent.deliver(3, "dir", content);
      return true;
    });
  }

  private Answer bring(TransferId id, String token, byte[] archive) {
    return transfers.receive(id.value(), token, new ByteArrayInputStream(archive));
  }

  private String token() {
    return remote.registered().token();
  }

  private static void assertNotDone(Running<?> transfer, String reason) {
    assertThat(transfer)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(Agent.NotDone.class)
        .withMessageContaining(reason);
  }

  @Test
  void archiveIsCollected() throws Exception {
    Running<Integer> collecting = collecting();
    PutFiles order = remote.wire().expect(PutFiles.class);
    assertThat(order.dir()).isEqualTo("dir");
    assertThat(order.includes()).containsExactly("**/*.jar");

    assertThat(bring(order.transfer(), token(), "archive".getBytes(UTF_8))).isEqualTo(Answer.DONE);
    remote.wire().say(new TransferDone(order.transfer(), 4, 7, Optional.empty()));

    assertThat(collecting.get(10, TimeUnit.SECONDS)).isEqualTo(4);
    assertThat(taken.toString(UTF_8)).isEqualTo("archive");
  }

  @Test
  void archiveIsDelivered() throws Exception {
    Running<Boolean> delivering = delivering(out -> out.write("archive".getBytes(UTF_8)));
    GetFiles order = remote.wire().expect(GetFiles.class);
    var got = new ByteArrayOutputStream();

    assertThat(transfers.send(order.transfer().value(), token(), () -> got)).isEqualTo(Answer.DONE);
    assertThat(delivering.isDone()).isFalse();
    remote.wire().say(new TransferDone(order.transfer(), 4, 7, Optional.empty()));

    assertThat(delivering.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(got.toString(UTF_8)).isEqualTo("archive");
  }

  @Test
  void wrongTokenOrTransferIsUnknownAndHarmsNothing() throws Exception {
    Running<Integer> collecting = collecting();
    TransferId id = remote.wire().expect(PutFiles.class).transfer();

    assertThat(bring(id, "guess", new byte[1])).isEqualTo(Answer.UNKNOWN);
    assertThat(bring(id, Tokens.hash(token()), new byte[1])).isEqualTo(Answer.UNKNOWN);
    assertThat(bring(new TransferId("3-99"), token(), new byte[1])).isEqualTo(Answer.UNKNOWN);
    assertThat(bring(id, token(), new byte[2])).isEqualTo(Answer.DONE);
    remote.wire().say(new TransferDone(id, 1, 2, Optional.empty()));
    assertThat(collecting.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(taken.size()).isEqualTo(2);
  }

  @Test
  void transferIsUsedOnce() throws Exception {
    Running<Integer> collecting = collecting();
    TransferId id = remote.wire().expect(PutFiles.class).transfer();
    bring(id, token(), new byte[2]);

    assertThat(bring(id, token(), new byte[1])).isEqualTo(Answer.UNKNOWN);
    remote.wire().say(new TransferDone(id, 1, 2, Optional.empty()));
    collecting.get(10, TimeUnit.SECONDS);
    assertThat(bring(id, token(), new byte[1])).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void archiveThatIsTooLargeIsRefused() {
    Running<Integer> collecting = collecting();
    TransferId id = remote.wire().expect(PutFiles.class).transfer();

    assertThat(bring(id, token(), new byte[(1 << 20) + 1])).isEqualTo(Answer.TOO_LARGE);
    assertNotDone(collecting, "larger than 1048576 bytes");
  }

  @Test
  void archiveOfExactlyTheLimitPasses() throws Exception {
    Running<Integer> collecting = collecting();
    TransferId id = remote.wire().expect(PutFiles.class).transfer();

    assertThat(bring(id, token(), new byte[1 << 20])).isEqualTo(Answer.DONE);
    remote.wire().say(new TransferDone(id, 1, 2, Optional.empty()));
    assertThat(collecting.get(10, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void archiveThatBreaksOffIsNotTaken() {
    Running<Integer> collecting = collecting();
    TransferId id = remote.wire().expect(PutFiles.class).transfer();
    InputStream broken =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("connection reset");
          }
        };

    assertThat(transfers.receive(id.value(), token(), broken)).isEqualTo(Answer.FAILED);
    assertNotDone(collecting, "connection reset");
  }

  @Test
  void deliveryThatBreaksOffIsSeenAsSuch() {
    Running<Boolean> delivering =
        delivering(out -> {
          out.write(1);
          throw new IOException("stash is gone");
        });
    GetFiles order = remote.wire().expect(GetFiles.class);

    assertThatThrownBy(
            () -> transfers.send(order.transfer().value(), token(), ByteArrayOutputStream::new))
        .isInstanceOf(IOException.class);
    assertNotDone(delivering, "stash is gone");
  }

  @Test
  void errorOfTheAgentIsTheReason() {
    Running<Integer> collecting = collecting();
    TransferId id = remote.wire().expect(PutFiles.class).transfer();
    remote.wire().say(new TransferDone(id, 0, 0, Optional.of("dir: no such folder")));

    assertNotDone(collecting, "dir: no such folder");
  }

  @Test
  void doneWithoutATransferIsNotBelieved() {
    Running<Integer> collecting = collecting();
    TransferId id = remote.wire().expect(PutFiles.class).transfer();
    remote.wire().say(new TransferDone(id, 5, 100, Optional.empty()));

    assertNotDone(collecting, "there was no transfer");
  }

  @Test
  void transferInTheWrongDirectionIsRefused() {
    Running<Integer> collecting = collecting();
    TransferId id = remote.wire().expect(PutFiles.class).transfer();

    assertThatThrownBy(() -> transfers.send(id.value(), token(), ByteArrayOutputStream::new))
        .isInstanceOf(IOException.class);
    assertNotDone(collecting, "instead of bringing one");
  }

  @Test
  void interruptedTransferSendsTheRequestAway() {
    Running<Integer> collecting = collecting();
    TransferId id = remote.wire().expect(PutFiles.class).transfer();
    await().until(() -> collecting.thread.getState() == Thread.State.TIMED_WAITING);
    collecting.thread.interrupt();
    assertThat(collecting)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(InterruptedException.class);

    assertThat(bring(id, token(), new byte[1])).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void lostAgentEndsItsTransfers() {
    Running<Integer> collecting = collecting();
    remote.wire().expect(PutFiles.class);
    remote.wire().breakOff();
    fleet.clock.advance(Duration.ofSeconds(61));

    assertThat(collecting)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(Agent.ResultUnknown.class);
  }

  @Test
  void bytesAreMovedByTheBuildsThreadAsFastAsItTakesThem() throws Exception {
    var first = new CountDownLatch(1);
    Running<Integer> collecting =
        TestFleet.run(() ->
            agent.collect(
                3,
                "",
                List.of("**"),
                List.of(),
                in -> {
                  taken.write(in.read());
                  first.countDown();
                  in.transferTo(taken);
                }));
    TransferId id = remote.wire().expect(PutFiles.class).transfer();
    var rest = new CountDownLatch(1);
    InputStream slow =
        new FilterInputStream(new ByteArrayInputStream(new byte[2])) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            Threads.await(rest);
            return super.read(bytes, offset, length);
          }
        };
    Running<Answer> bringing = TestFleet.run(() -> transfers.receive(id.value(), token(), slow));
    first.await();
    assertThat(bringing.isDone()).isFalse();
    rest.countDown();

    assertThat(bringing.get(10, TimeUnit.SECONDS)).isEqualTo(Answer.DONE);
    remote.wire().say(new TransferDone(id, 1, 2, Optional.empty()));
    assertThat(collecting.get(10, TimeUnit.SECONDS)).isEqualTo(1);
  }
}
