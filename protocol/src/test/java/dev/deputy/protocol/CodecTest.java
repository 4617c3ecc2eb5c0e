package dev.deputy.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
  static Stream<ControllerMessage> controllerMessages() {
    return Examples.ofController().stream();
  }

  static Stream<AgentMessage> agentMessages() {
    return Examples.ofAgent().stream();
  }

  @ParameterizedTest
  @MethodSource("controllerMessages")
  void controllerMessageIsReadAsItWasWritten(ControllerMessage message) {
    assertThat(Codec.controllerMessage(Codec.encode(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("agentMessages")
  void agentMessageIsReadAsItWasWritten(AgentMessage message) {
    assertThat(Codec.agentMessage(Codec.encode(message))).isEqualTo(message);
  }

  @Test
  void everyKindOfMessageIsTested() {
    assertThat(controllerMessages().map(Object::getClass))
        .containsAll(List.of(ControllerMessage.class.getPermittedSubclasses()));
    assertThat(agentMessages().map(Object::getClass))
        .containsAll(List.of(AgentMessage.class.getPermittedSubclasses()));
  }

  @Test
  void formIsReadable() {
    assertThat(
            Codec.encode(
                new AgentMessage.Exit(new StepId("s"), 2, new Outcome.Exited(0), Optional.empty())))
        .isEqualTo(
            "{\"type\":\"exit\",\"step\":\"s\",\"seq\":2,"
                + "\"outcome\":{\"type\":\"exited\",\"status\":0}}");
    assertThat(Codec.encode(new AgentMessage.Register(Map.of("host", "h"), "k", Isolation.NONE)))
        .isEqualTo(
            "{\"type\":\"register\",\"signedHeaders\":{\"host\":\"h\"},\"publicKey\":\"k\","
                + "\"isolation\":\"none\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|JSON: expected an object at character 0",
        "[]|JSON: expected an object at character 0",
        "{}|controller message: field \"type\" is missing or not a string",
        "{\"type\":1}|controller message: field \"type\" is missing or not a string",
        "{\"type\":\"explode\"}|controller message: unknown type \"explode\"",
        "{\"type\":\"hello\"}|controller message: unknown type \"hello\"",
        "{\"type\":\"cancel\"}|cancel: field \"step\" is missing",
        "{\"type\":\"cancel\",\"step\":null}|cancel: field \"step\": not a string",
        "{\"type\":\"cancel\",\"step\":7}|cancel: field \"step\": not a string",
        "{\"type\":\"cancel\",\"step\":\"../x\"}|cancel: field \"step\": step: \"../x\" (expected:"
            + " 1 to 64 letters, digits, '-', '_' or '.', not starting with '.')",
        "{\"type\":\"cancel\",\"step\":\"s\",\"x\":1}|cancel: unknown field \"x\"",
        "{\"type\":\"ack\",\"step\":\"s\",\"seq\":-1}|ack: field \"seq\": not a whole number from"
            + " 0",
        "{\"type\":\"ack\",\"step\":\"s\",\"seq\":1.5}|ack: field \"seq\": not a whole number from"
            + " 0",
        "{\"type\":\"ack\",\"step\":\"s\",\"seq\":\"1\"}|ack: field \"seq\": not a whole number"
            + " from 0",
        "{\"type\":\"resumed\",\"acknowledged\":[]}|resumed: field \"acknowledged\": not an"
            + " object",
        "{\"type\":\"writeFile\",\"request\":\"r\",\"path\":\"p\",\"content\":\"%\"}|writeFile:"
            + " field \"content\": not base64",
        "{\"type\":\"ping\"} x|JSON: text after the object at character 16",
        "{\"type\":\"ping\",\"type\":\"ping\"}|JSON: duplicate name at character 28"
      })
  void whatTheProtocolDoesNotKnowIsRefusedByName(String frameAndError) {
    String[] parts = frameAndError.split("\\|", 2);

    assertThatThrownBy(() -> Codec.controllerMessage(parts[0]))
        .isInstanceOf(ProtocolException.class)
        .hasMessage(parts[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"exit\",\"step\":\"s\",\"seq\":1,\"outcome\":{\"type\":\"exited\",\"status\":256}}",
        "{\"type\":\"exit\",\"step\":\"s\",\"seq\":1,\"outcome\":{\"type\":\"exited\"}}",
        "{\"type\":\"exit\",\"step\":\"s\",\"seq\":1,\"outcome\":{\"type\":\"vanished\"}}",
        "{\"type\":\"exit\",\"step\":\"s\",\"seq\":1,\"outcome\":\"exited\"}",
        "{\"type\":\"register\",\"signedHeaders\":{},\"publicKey\":\"k\",\"isolation\":\"USER\"}",
        "{\"type\":\"transferDone\",\"transfer\":\"t\",\"files\":99999999999,\"bytes\":1}",
        "{\"type\":\"credentialsIssued\",\"request\":\"r\",\"accessKeyId\":\"a\","
            + "\"assumedRoleArn\":\"x\",\"expiresAt\":\"today\"}"
      })
  void valueOfTheWrongKindIsRefused(String frame) {
    assertThatThrownBy(() -> Codec.agentMessage(frame)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void textThatIsTooLongIsRefusedWithoutRepeatingIt() {
    String reason = "secret".repeat(1000);

    assertThatThrownBy(
            () -> Codec.controllerMessage(Codec.encode(new ControllerMessage.Refused(reason))))
        .hasMessage("refused: field \"reason\": longer than 4096 characters");
  }

  @Test
  void longScriptIsReadAndTooLongAFrameIsNot() {
    String script = "x".repeat(Protocol.MAX_SCRIPT);
    ControllerMessage start =
        new ControllerMessage.Start(
            new StepId("s"), script, Map.of(), "", Optional.empty(), false, List.of());

    assertThat(Codec.controllerMessage(Codec.encode(start))).isEqualTo(start);
    assertThatThrownBy(() -> Codec.controllerMessage(" ".repeat(Protocol.MAX_TEXT + 1)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void secretsOfMessagesAreNotInTheirText() {
    assertThat(Examples.ofController().toString()).doesNotContain("token", "make", "mask");
    assertThat(Examples.ofAgent().toString()).doesNotContain("header-value", "captured");
  }

  @Property
  void damagedFrameNeverDoesMoreThanFail(
      @ForAll @IntRange(max = 17) int example,
      @ForAll @IntRange(max = 500) int at,
      @ForAll char c) {
    StringBuilder frame = new StringBuilder(Codec.encode(Examples.ofController().get(example)));
    frame.setCharAt(at % frame.length(), c);
    try {
      Codec.controllerMessage(frame.toString());
    } catch (ProtocolException e) {
      assertThat(e).hasMessageNotContaining("cannot make");
    }
  }

  @Property
  void anyTextSurvives(@ForAll String text) {
    ControllerMessage message = new ControllerMessage.Challenge(text, "s");
    boolean good = text.length() <= Protocol.MAX_NAME && UTF_8.newEncoder().canEncode(text);
    if (good) {
      assertThat(Codec.controllerMessage(Codec.encode(message))).isEqualTo(message);
    } else {
      assertThatThrownBy(() -> Codec.controllerMessage(Codec.encode(message)))
          .isInstanceOf(ProtocolException.class);
    }
  }
}
