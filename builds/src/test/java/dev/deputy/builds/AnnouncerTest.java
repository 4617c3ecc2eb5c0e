package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.BuildId;
import dev.deputy.core.JobName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
  private static final BuildId BUILD = new BuildId(new JobName("shop"), 1);

  private static BuildEvent.Log event(int number) {
    return new BuildEvent.Log(Instant.EPOCH, BUILD, number, "", "", "text", false);
  }

  @Test
  void eventsComeInOrderAndAllBeforeTheEnd() {
    List<Integer> heard = new ArrayList<>();
    try (var announcer =
        new Announcer(event -> heard.add(((BuildEvent.Log) event).step()), "test")) {
      for (int i = 0; i < 1000; i++) {
        announcer.announce(event(i));
      }
    }
    assertThat(heard).hasSize(1000).isSorted();
  }

  @Test
  void anObserverThatFailsMissesNothingElse() {
    List<BuildEvent> heard = new ArrayList<>();
    try (var announcer =
        new Announcer(
            event -> {
              heard.add(event);
              throw new IllegalStateException("observer");
            },
            "test")) {
      announcer.announce(event(1));
      announcer.announce(event(2));
    }
    assertThat(heard).hasSize(2);
  }

  @Test
  void aSlowObserverHoldsUpOutputButNotTheBuild() throws Exception {
    var release = new CountDownLatch(1);
    var full = new CountDownLatch(256);
    List<BuildEvent> heard = new ArrayList<>();
    var announcer =
        new Announcer(
            event -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              heard.add(event);
            },
            "test");
    Thread chatty =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 1000; i++) {
                announcer.awaitRoom();
                announcer.announceOutput(event(i));
                full.countDown();
              }
            });
    full.await();
    announcer.announce(event(-1));
    assertThat(chatty.isAlive()).isTrue();

    release.countDown();
    chatty.join();
    announcer.close();
    assertThat(heard).hasSize(1001);
  }
}
