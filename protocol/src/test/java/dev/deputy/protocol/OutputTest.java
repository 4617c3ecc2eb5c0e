package dev.deputy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OutputTest {
  @Property
  void outputIsReadAsItWasWritten(
      @ForAll @LongRange(min = 1) long seq,
      @ForAll @LongRange(min = 0) long offset,
      @ForAll @Size(min = 1, max = 100) byte[] bytes) {
    Output output = new Output(new StepId("step-1"), seq, offset, ByteBuffer.wrap(bytes));

    assertThat(Output.decode(output.encode())).isEqualTo(output);
  }

  @Property
  void otherFramesAreRefused(@ForAll @Size(max = 60) byte[] frame) {
    try {
      Output.decode(ByteBuffer.wrap(frame));
    } catch (ProtocolException e) {
      assertThat(e).hasMessageStartingWith("output: ");
    }
  }

  @Test
  void emptyAndTooLongOutputIsRefused() {
    for (int size : new int[] {0, Protocol.MAX_CHUNK + 1}) {
      assertThatThrownBy(() -> new Output(new StepId("s"), 1, 0, ByteBuffer.allocate(size)))
          .hasMessageContaining("bytes: " + size);
    }
  }

  @Test
  void readingTheBytesDoesNotConsumeThem() {
    Output output = new Output(new StepId("s"), 1, 0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
    output.bytes().get();

    assertThat(output.bytes().remaining()).isEqualTo(3);
  }
}
