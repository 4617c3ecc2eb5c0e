package dev.deputy.cli;

import dev.deputy.builds.Answer;
import dev.deputy.builds.Question;
import dev.deputy.builds.Questions;
import dev.deputy.pipeline.ParameterDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Answers questions with the names given as {@code --approve}, else by asking at the terminal.
 * Names are self-asserted: whoever runs this command says who they are, and nothing proves it. The
 * audit has the name as it was said; the build's cause there is the user of the operating system.
 */
final class CommandLineQuestions implements Questions {
  private final List<String> approvers;
  private final String user;
  private final Terminal terminal;

  /** Guards {@link #used} and keeps questions of parallel branches in a row. */
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Names that were tried for a question already, so that the same refusal does not come round for
   * ever.
   */
  private final Map<String, Set<String>> used = new HashMap<>();

  CommandLineQuestions(List<String> approvers, String user, Terminal terminal) {
    this.approvers = List.copyOf(approvers);
    this.user = user;
    this.terminal = terminal;
  }

  @Override
  public Answer ask(Question question) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Set<String> tried = used.computeIfAbsent(question.id(), _ -> new HashSet<>());
      Optional<String> approver =
          approvers.stream()
              .filter(name -> accepts(question, name) && !tried.contains(name))
              .findFirst();
      if (approver.isPresent()) {
        tried.add(approver.get());
        return new Answer.Approved(approver.get(), Map.of());
      }
      return terminal.interactive()
          ? asked(question)
          : new Answer.Unanswerable(unanswerable(question, tried));
    } finally {
      lock.unlock();
    }
  }

  private static boolean accepts(Question question, String name) {
    return question.candidates().isEmpty() || question.candidates().contains(name);
  }

  private String unanswerable(Question question, Set<String> tried) {
    String accepted =
        question.candidates().isEmpty()
            ? "anybody, such as " + user
            : String.join(", ", question.candidates());
    List<String> others = approvers.stream().filter(name -> !tried.contains(name)).toList();
    String refused =
        others.isEmpty()
            ? ""
            : " --approve " + String.join(", ", others) + " is not accepted here.";
    return question.refusal().map(r -> r + ". ").orElse("")
        + "Nobody to ask: there is no terminal."
        + refused
        + " Accepted: "
        + accepted
        + "; "
        + options(question)
        + (tried.isEmpty() ? "" : " as well")
        + " would have answered it.";
  }

  /** As many names as are missing, of those who may answer. */
  private String options(Question question) {
    List<String> names = question.candidates().isEmpty() ? List.of(user) : question.candidates();
    return names.stream()
        .limit(missing(question))
        .map(name -> "--approve " + name)
        .collect(Collectors.joining(" "));
  }

  private static int missing(Question question) {
    return switch (question) {
      case Question.AgentApproval approval -> approval.missing();
      case Question.Input _ -> 1;
    };
  }

  private Answer asked(Question question) throws InterruptedException {
    Style style = terminal.style();
    question.refusal().ifPresent(refusal -> terminal.println(style.red("  " + refusal)));
    terminal.println("");
    question
        .text()
        .lines()
        .forEach(line -> terminal.println(style.yellow("  ? " + TerminalText.safe(line, false))));
    String who =
        question.candidates().isEmpty() ? user : String.join(" or ", question.candidates());
    try {
      String name =
          terminal.askUntilAnswered(
              "    Your name to approve (" + who + "; not verified), or \"no\": ");
      if (name.isEmpty() || name.equalsIgnoreCase("no") || name.equalsIgnoreCase("n")) {
        return new Answer.Declined(user);
      }
      // Whose yes does not count is asked nothing more, and told so next.
      boolean counts = question.objection(new Answer.Approved(name, Map.of())).isEmpty();
      return new Answer.Approved(name, counts ? values(question) : Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> values(Question question) throws IOException, InterruptedException {
    Map<String, Object> values = new HashMap<>();
    for (ParameterDefinition parameter :
        question.form().map(Question.Form::parameters).orElse(List.of())) {
      String value = value(parameter);
      if (!value.isEmpty()) {
        values.put(parameter.name(), value);
      }
    }
    return values;
  }

  /** What is typed; empty for the default. */
  private String value(ParameterDefinition parameter) throws IOException, InterruptedException {
    if (!parameter.description().isBlank()) {
      parameter
          .description()
          .lines()
          .forEach(line -> terminal.println("    " + TerminalText.safe(line, false)));
    }
    String prompt = "    " + parameter.name() + hint(parameter) + ": ";
    String value = terminal.ask(prompt);
    while (parameter instanceof ParameterDefinition.Choice choice
        && !value.isEmpty()
        && !choice.choices().contains(value)) {
      terminal.println("    expected: " + String.join(", ", choice.choices()));
      value = terminal.ask(prompt);
    }
    return value;
  }

  private static String hint(ParameterDefinition parameter) {
    return switch (parameter) {
      case ParameterDefinition.Choice choice ->
          " (" + String.join(", ", choice.choices()) + ") [" + choice.defaultValue() + "]";
      case ParameterDefinition.Flag flag -> " (true, false) [" + flag.defaultValue() + "]";
      case ParameterDefinition.Password _ -> " [as it is]";
      case ParameterDefinition.Text _, ParameterDefinition.MultilineText _ ->
          " [" + parameter.defaultValue() + "]";
    };
  }
}
