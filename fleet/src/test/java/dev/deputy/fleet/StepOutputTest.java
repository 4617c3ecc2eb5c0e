package dev.deputy.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.protocol.Output;
import dev.deputy.protocol.StepId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class StepOutputTest {
  private static final StepId STEP = new StepId("1");

  private static List<Output> pieces(Random random, int count, StringBuilder whole) {
    List<Output> pieces = new ArrayList<>();
    for (int seq = 1; seq <= count; seq++) {
      String text = Integer.toString(random.nextInt(1_000_000)) + '\n';
      pieces.add(new Output(STEP, seq, whole.length(), ByteBuffer.wrap(text.getBytes(UTF_8))));
      whole.append(text);
    }
    return pieces;
  }

  /** What gets lost or comes out of order is sent again, from what is acknowledged on. */
  @Property
  void eachByteIsDeliveredOnceAndInOrderWhateverTheNetworkDoes(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count) {
    Random random = new Random(seed);
    StringBuilder whole = new StringBuilder();
    List<Output> pieces = pieces(random, count, whole);
    var log = new ByteArrayOutputStream();
    StepRun run = new StepRun(STEP, log::write);

    for (int connections = 0; run.acknowledged() < count; connections++) {
      List<Output> sent = new ArrayList<>(pieces.subList((int) run.acknowledged(), pieces.size()));
      for (int spoilt = random.nextInt(3);
          connections < 20 && spoilt > 0 && !sent.isEmpty();
          spoilt--) {
        sent.addAll(sent.subList(0, random.nextInt(sent.size() + 1)));
        Collections.swap(sent, random.nextInt(sent.size()), random.nextInt(sent.size()));
        sent.remove(random.nextInt(sent.size()));
      }
      for (Output piece : sent) {
        long before = run.acknowledged();
        StepRun.Taken taken = run.take(piece);
        assertThat(taken)
            .isEqualTo(piece.seq() <= before + 1 ? StepRun.Taken.YES : StepRun.Taken.GAP);
        if (taken == StepRun.Taken.GAP) {
          break;
        }
      }
      assertThat(run.end(count + 1))
          .isEqualTo(run.acknowledged() == count ? StepRun.Taken.YES : StepRun.Taken.GAP);
    }

    assertThat(log.toString(UTF_8)).isEqualTo(whole.toString());
  }

  /** An old and a new connection deliver at the same time. */
  @Property(tries = 50)
  void twoConnectionsAtATimeDoNotMix(@ForAll long seed) throws Exception {
    StringBuilder whole = new StringBuilder();
    List<Output> pieces = pieces(new Random(seed), 200, whole);
    var log = new ByteArrayOutputStream();
    StepRun run = new StepRun(STEP, log::write);
    Runnable connection =
        () -> {
          while (run.acknowledged() < pieces.size()) {
            run.take(pieces.get((int) Math.min(run.acknowledged(), pieces.size() - 1)));
          }
        };
    Thread old = Thread.ofVirtual().start(connection);
    Thread fresh = Thread.ofVirtual().start(connection);
    old.join();
    fresh.join();

    assertThat(log.toString(UTF_8)).isEqualTo(whole.toString());
  }

  @Property
  void pieceWithAnotherOffsetIsNonsense(@ForAll @IntRange(min = 1) int offset) {
    StepRun run = new StepRun(STEP, (_, _, _) -> {});
    assertThat(run.take(new Output(STEP, 1, offset, ByteBuffer.wrap(new byte[1]))))
        .isEqualTo(StepRun.Taken.NONSENSE);
  }
}
