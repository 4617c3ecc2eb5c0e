package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.builds.Answer;
import dev.deputy.builds.Question;
import dev.deputy.pipeline.ParameterDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who answers the questions of a build that was started at the command line. */
class CommandLineQuestionsTest {
  private final Screen screen = new Screen();

  private static Question grant(String... candidates) {
    return Events.question(List.of(candidates), Optional.empty());
  }

  private static Question input(String message, ParameterDefinition... parameters) {
    return new Question.Input(
        Events.BUILD,
        "input-1",
        List.of(),
        Optional.empty(),
        new Question.Form(message, "Proceed", List.of(parameters)));
  }

  private CommandLineQuestions unattended(String... approvers) {
    return new CommandLineQuestions(List.of(approvers), "ann", screen.plain());
  }

  private CommandLineQuestions attended(String typed, String... approvers) {
    return new CommandLineQuestions(List.of(approvers), "ann", screen.typing(typed));
  }

  @Test
  void nameThatTheGrantAcceptsApproves() throws InterruptedException {
    assertThat(unattended("carol", "bob").ask(grant("dave", "bob")))
        .isEqualTo(new Answer.Approved("bob", Map.of()));
    assertThat(screen.raw()).isEmpty();
  }

  @Test
  void twoApprovalsTakeTwoNames() throws InterruptedException {
    CommandLineQuestions questions = unattended("bob", "carol");
    assertThat(questions.ask(grant("bob", "carol")))
        .isEqualTo(new Answer.Approved("bob", Map.of()));
    assertThat(questions.ask(grant("bob", "carol")))
        .as("one name answers once")
        .isEqualTo(new Answer.Approved("carol", Map.of()));
    assertThat(questions.ask(grant("bob", "carol"))).isInstanceOf(Answer.Unanswerable.class);
  }

  @Test
  void nameMayAnswerSeveralQuestions() throws InterruptedException {
    CommandLineQuestions questions = unattended("bob");
    assertThat(questions.ask(grant("bob"))).isEqualTo(new Answer.Approved("bob", Map.of()));
    assertThat(questions.ask(input("Go?"))).isEqualTo(new Answer.Approved("bob", Map.of()));
  }

  @Test
  void nameThatTheGrantDoesNotAcceptIsRefused() throws InterruptedException {
    assertThat(unattended("carol").ask(grant("bob", "dave")))
        .isEqualTo(
            new Answer.Unanswerable(
                "Nobody to ask: there is no terminal. --approve carol is not accepted here."
                    + " Accepted: bob, dave; --approve bob would have answered it."));
  }

  @Test
  void withoutTerminalItIsSaidWhatWouldHaveAnswered() throws InterruptedException {
    assertThat(unattended().ask(grant("bob")))
        .isEqualTo(
            new Answer.Unanswerable(
                "Nobody to ask: there is no terminal. Accepted: bob; --approve bob would have"
                    + " answered it."));
    assertThat(unattended().ask(input("Go?")))
        .isEqualTo(
            new Answer.Unanswerable(
                "Nobody to ask: there is no terminal. Accepted: anybody, such as ann; --approve ann"
                    + " would have answered it."));
  }

  @Test
  void asManyNamesAreSaidAsAreMissing() throws InterruptedException {
    assertThat(unattended().ask(Events.question(List.of("ann", "ben", "eve"), 2, Optional.empty())))
        .isEqualTo(
            new Answer.Unanswerable(
                "Nobody to ask: there is no terminal. Accepted: ann, ben, eve; --approve ann"
                    + " --approve ben would have answered it."));
    CommandLineQuestions questions = unattended("ann");
    questions.ask(Events.question(List.of("ann", "ben", "eve"), 2, Optional.empty()));
    assertThat(questions.ask(Events.question(List.of("ben", "eve"), 1, Optional.empty())))
        .isEqualTo(
            new Answer.Unanswerable(
                "Nobody to ask: there is no terminal. Accepted: ben, eve; --approve ben as well"
                    + " would have answered it."));
  }

  @Test
  void refusalOfTheAnswerBeforeIsPartOfTheReason() throws InterruptedException {
    assertThat(unattended().ask(Events.question(List.of("bob"), Optional.of("ann started it"))))
        .isInstanceOfSatisfying(
            Answer.Unanswerable.class,
            answer -> assertThat(answer.reason()).startsWith("ann started it. Nobody to ask"));
  }

  @Test
  void personAtTheTerminalSaysWhoTheyAre() throws InterruptedException {
    assertThat(attended("bob\n").ask(grant("bob"))).isEqualTo(new Answer.Approved("bob", Map.of()));
    assertThat(screen.text())
        .contains(
            "  ? Approve agent template production in account production (444444444444) for shop#7"
                + " at commit 0123456789abcdef0123456789abcdef01234567? Grant releases asks for 1"
                + " of: bob\n",
            "    Your name to approve (bob; not verified), or \"no\":");
  }

  @Test
  void whoeverIsNotACandidateIsPassedOnToBeRefusedByTheGrant() throws InterruptedException {
    assertThat(attended("mallory\n").ask(grant("bob")))
        .isEqualTo(new Answer.Approved("mallory", Map.of()));
  }

  @Test
  void noAndSilenceAreANo() throws InterruptedException {
    for (String typed : List.of("no\n", "N\n", "\n", "")) {
      assertThat(attended(typed).ask(grant("bob"))).as(typed).isEqualTo(new Answer.Declined("ann"));
    }
  }

  @Test
  void nameThatIsNotAcceptedFallsBackToThePerson() throws InterruptedException {
    assertThat(attended("\n  \nbob\n").ask(grant("bob")))
        .as("an empty line is no answer")
        .isEqualTo(new Answer.Approved("bob", Map.of()));
    assertThat(attended("bob\n", "carol").ask(grant("bob")))
        .isEqualTo(new Answer.Approved("bob", Map.of()));
  }

  @Test
  void parametersAreAskedForAndLeftAtTheirDefaultsWhenEmpty() throws InterruptedException {
    Question question =
        input(
            "Which?",
            new ParameterDefinition.Text("VERSION", "", "1.0", false),
            new ParameterDefinition.Text("NOTE", "", "none", false));
    assertThat(attended("bob\n2.0\n\n").ask(question))
        .isEqualTo(new Answer.Approved("bob", Map.of("VERSION", "2.0")));
  }

  @Test
  void choicesAreShownAndAskedForAgain() throws InterruptedException {
    Question question =
        input(
            "Where?",
            new ParameterDefinition.Choice("REGION", "Of the stack", List.of("eu", "us")));
    assertThat(attended("bob\nmars\nus\n").ask(question))
        .isEqualTo(new Answer.Approved("bob", Map.of("REGION", "us")));
    assertThat(screen.text())
        .contains("    Of the stack\n", "    REGION (eu, us) [eu]:", "    expected: eu, us\n");
  }

  @Test
  void whoeverMayNotAnswerIsAskedForNothingMore() throws InterruptedException {
    var asked =
        new Question.Form(
            "Which?", "Go", List.of(new ParameterDefinition.Text("VERSION", "", "1.0", false)));
    var question =
        new Question.Input(Events.BUILD, "go", List.of("alice", "bob"), Optional.empty(), asked);
    assertThat(attended("carol\n2.0\n").ask(question))
        .isEqualTo(new Answer.Approved("carol", Map.of()));
    assertThat(screen.text()).contains("(alice or bob; not verified)").doesNotContain("VERSION");
  }

  @Test
  void wordsOfThePipelineCanNotCommandTheTerminal() throws InterruptedException {
    attended("no\n").ask(input("Go\u001B[2J?\r\u001B]0;title\u0007"));
    attended("no\n").ask(grant("bob\u001B[2J"));
    assertThat(screen.text()).contains("  ? Go[2J?", "(bob[2J; not verified)");
    assertThat(screen.raw()).doesNotContain("\u001B[2J", "\u001B]", "\r", "\u0007");
  }
}
