package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final Screen screen = new Screen();

  @Test
  void linesScrollAboveTheFooter() {
    Terminal terminal = screen.live();
    terminal.println("one");
    terminal.footer(List.of("running a", "running b"));
    terminal.println("two");
    terminal.footer(List.of("running b"));
    assertThat(screen.text()).isEqualTo("one\ntwo\nrunning b\n");
    terminal.footer(List.of());
    assertThat(screen.text()).isEqualTo("one\ntwo\n");
  }

  @Test
  void footerIsCutToTheWidthSoThatItsLinesCanBeCounted() {
    Terminal terminal = screen.live();
    terminal.footer(List.of(terminal.style().red("x".repeat(300))));
    assertThat(screen.text()).isEqualTo("x".repeat(79) + "\n");
    terminal.println("line");
    assertThat(screen.text()).isEqualTo("line\n");
  }

  @Test
  void footerIsForLiveTerminalsOnly() {
    Terminal terminal = screen.plain();
    terminal.footer(List.of("running"));
    terminal.println("line");
    assertThat(screen.raw()).isEqualTo("line\n");
  }

  @Test
  void nothingThatIsPrintedCanMoveTheCursor() throws Exception {
    Terminal terminal = screen.typing("ann\n");
    terminal.println("a\u001B[5A\rb\nc");
    terminal.footer(List.of("d\u001B[5A\ne"));
    terminal.ask("f\u001B[5A: ");
    assertThat(screen.text()).isEqualTo("a[5Abc\nf[5A:\n");
  }

  @Test
  void answerIsTheLineWithoutBlanksAroundIt() throws Exception {
    Terminal terminal = screen.typing("  ann \n");
    assertThat(terminal.interactive()).isTrue();
    assertThat(terminal.ask("name: ")).isEqualTo("ann");
    assertThat(terminal.ask("name: ")).as("at the end of input").isEmpty();
  }

  @Test
  void nobodyAnswersWhereThereIsNoTerminal() throws Exception {
    Terminal terminal = screen.plain();
    assertThat(terminal.interactive()).isFalse();
    assertThat(terminal.ask("name: ")).isEmpty();
  }
}
