package dev.deputy.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Where a command prints. On a terminal the lowest lines can be a footer that is drawn again and
 * again while other lines scroll above it. Thread-safe.
 */
final class Terminal {
  private static final int DEFAULT_WIDTH = 100;

  private final PrintStream out;
  private final Optional<BufferedReader> in;
  private final Style style;
  private final int width;
  private int footerLines;

  /** What somebody is being asked; empty where nobody is. */
  private String prompt = "";

  /** The line that is being waited for. */
  private @Nullable FutureTask<String> reading;

  /** Whether the input has come to its end. */
  private volatile boolean ended;

  Terminal(PrintStream out, Optional<BufferedReader> in, Style style, int width) {
    this.out = out;
    this.in = in;
    this.style = style;
    this.width = width;
  }

  /** This process's own: interactive only where both sides are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // Without a terminal Java 25 has none again.
  static Terminal ofProcess(Map<String, String> environment) {
    Console console = System.console();
    boolean interactive = console != null && console.isTerminal();
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean colours = interactive && !dumb && !environment.containsKey("NO_COLOR");
    Charset charset = System.out.charset();
    boolean symbols = charset.equals(StandardCharsets.UTF_8);
    Optional<BufferedReader> in =
        interactive
            ? Optional.of(new BufferedReader(new InputStreamReader(System.in, charset)))
            : Optional.empty();
    return new Terminal(
        System.out, in, new Style(colours, symbols), interactive ? columns() : DEFAULT_WIDTH);
  }

  Style style() {
    return style;
  }

  /** Whether a person can be asked. */
  boolean interactive() {
    return in.isPresent();
  }

  /** One line; whatever is in it, nothing but its text and its colours reaches the terminal. */
  synchronized void println(String line) {
    clearFooter();
    String safe = TerminalText.safe(line, style.colours());
    if (prompt.isEmpty()) {
      out.println(safe);
    } else {
      // Somebody is being asked: the question goes below what comes meanwhile.
      out.print("\r\u001B[K" + safe + System.lineSeparator() + prompt);
    }
    out.flush();
  }

  /**
   * Draws lines below everything that is printed, in place of those drawn before; nothing where
   * there is no live terminal.
   */
  synchronized void footer(List<String> lines) {
    if (!style.colours() || !prompt.isEmpty()) {
      return;
    }
    clearFooter();
    lines.forEach(line -> out.println(fitted(TerminalText.safe(line, true))));
    footerLines = lines.size();
    out.flush();
  }

  /**
   * Asks for one line, with nothing drawn below meanwhile; empty where nobody can be asked and at
   * the end of input. For one caller at a time.
   */
  String ask(String prompt) throws IOException, InterruptedException {
    if (in.isEmpty()) {
      return "";
    }
    show(TerminalText.safe(prompt, style.colours()));
    try {
      return line(in.get()).strip();
    } finally {
      show("");
    }
  }

  /** Asks again until a line has an answer; empty where nobody can be asked any more. */
  String askUntilAnswered(String prompt) throws IOException, InterruptedException {
    String answer = ask(prompt);
    while (answer.isEmpty() && in.isPresent() && !ended) {
      answer = ask(prompt);
    }
    return answer;
  }

  /**
   * A read of standard input can not be interrupted, so it has a thread of its own. What an
   * interrupted question left reading is the next one's.
   */
  private String line(BufferedReader from) throws IOException, InterruptedException {
    FutureTask<String> line = reading;
    if (line == null) {
      line = new FutureTask<>(() -> read(from));
      reading = line;
      Thread.ofPlatform().daemon().name("answer").start(line);
    }
    try {
      String answer = line.get();
      reading = null;
      return answer;
    } catch (ExecutionException e) {
      reading = null;
      throw new IOException("the answer can not be read", e.getCause());
    }
  }

  private String read(BufferedReader from) throws IOException {
    String line = from.readLine();
    ended = line == null;
    return Objects.requireNonNullElse(line, "");
  }

  private synchronized void show(String prompt) {
    clearFooter();
    this.prompt = prompt;
    out.print(prompt);
    out.flush();
  }

  private void clearFooter() {
    if (footerLines > 0) {
      out.print("\u001B[" + footerLines + "A\u001B[J");
      footerLines = 0;
    }
  }

  /** Cuts to the terminal's width; escape sequences count for nothing. */
  private String fitted(String line) {
    StringBuilder fitted = new StringBuilder();
    int shown = 0;
    boolean escape = false;
    for (int i = 0; i < line.length() && shown < width - 1; i++) {
      char c = line.charAt(i);
      fitted.append(c);
      if (escape) {
        escape = c != 'm';
      } else if (c == '\u001B') {
        escape = true;
      } else {
        shown++;
      }
    }
    return fitted.append("\u001B[0m").toString();
  }

  private static int columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream answer = stty.getInputStream()) {
        String[] size =
            new String(answer.readAllBytes(), StandardCharsets.US_ASCII).strip().split(" ", 2);
        int columns = size.length == 2 ? Integer.parseInt(size[1]) : 0;
        return columns > 0 ? columns : DEFAULT_WIDTH;
      }
    } catch (IOException | NumberFormatException _) {
      return DEFAULT_WIDTH;
    }
  }
}
