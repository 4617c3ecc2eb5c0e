package dev.deputy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WishTest {
  private final Wish wish = new Wish();

  @Test
  void waitThatComesToItsEndLasts() throws Exception {
    assertThat(wish.lasts(() -> {})).isTrue();
  }

  @Test
  void endOfTheWishEndsTheWaitAndLeavesNoInterrupt() throws Exception {
    var waits = new CountDownLatch(1);
    var waiting =
        new FutureTask<>(() -> {
          boolean lasted =
              wish.lasts(() -> {
                waits.countDown();
                new CountDownLatch(1).await();
              });
          return !lasted && !Thread.currentThread().isInterrupted();
        });
    Thread.startVirtualThread(waiting);
    waits.await();

    wish.end();

    assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(wish.lasts(() -> assertThat(false).as("it waits").isTrue())).isFalse();
  }

  @Test
  void interruptOfAnotherKindGoesOn() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> wish.lasts(() -> new CountDownLatch(1).await()))
        .isInstanceOf(InterruptedException.class);
  }
}
