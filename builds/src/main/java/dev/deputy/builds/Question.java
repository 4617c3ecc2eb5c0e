package dev.deputy.builds;

import dev.deputy.core.Account;
import dev.deputy.core.BuildId;
import dev.deputy.core.TemplateName;
import dev.deputy.pipeline.ParameterDefinition;
import java.util.List;
import java.util.Optional;

/** What a build wants to know of a person before it goes on. */
public sealed interface Question {
  BuildId build();

  /** Names the question within its build. */
  String id();

  /** The question in words, secrets masked; the first line says what a yes means. */
  String text();

  /** Users who may answer; empty: anybody. */
  List<String> candidates();

  /**
   * Why the answer before this one did not count; empty the first time. Whoever cannot come up with
   * another one answers {@link Answer.Unanswerable}.
   */
  Optional<String> refusal();

  /** Why an answer does not count; empty where it does, as a no by anybody. */
  default Optional<String> objection(Answer answer) {
    return answer instanceof Answer.Approved(String by, _)
            && !candidates().isEmpty()
            && !candidates().contains(by)
        ? Optional.of(
            by + " may not answer this (expected: " + String.join(" or ", candidates()) + ")")
        : Optional.empty();
  }

  /** What the pipeline's author wants to know; empty where nobody but Deputy asks. */
  Optional<Form> form();

  /**
   * What an {@code input} of the Jenkinsfile asks for.
   *
   * @param message the file's own words
   * @param ok the word on the button that goes on
   * @param parameters to be answered with; may be empty
   */
  record Form(String message, String ok, List<ParameterDefinition> parameters) {
    public Form {
      parameters = List.copyOf(parameters);
    }
  }

  /** An {@code input} that opens no agent. */
  record Input(
      BuildId build, String id, List<String> candidates, Optional<String> refusal, Form asked)
      implements Question {
    public Input {
      candidates = List.copyOf(candidates);
    }

    @Override
    public String text() {
      return asked.message();
    }

    @Override
    public Optional<Form> form() {
      return Optional.of(asked);
    }
  }

  /**
   * A grant asks for people's approval before this build may use an agent template.
   *
   * @param stage that needs the agent
   * @param account that the agent's credentials reach; empty where there is none
   * @param commit that the build runs; the approval counts for this one only
   * @param grant the grant's name
   * @param missing how many more people have to approve, this answer included
   * @param form an {@code input} of the file that is answered with it
   */
  record AgentApproval(
      BuildId build,
      String id,
      String stage,
      TemplateName template,
      Optional<Account> account,
      Optional<String> commit,
      String grant,
      List<String> candidates,
      int missing,
      Optional<String> refusal,
      Optional<Form> form)
      implements Question {
    public AgentApproval {
      candidates = List.copyOf(candidates);
    }

    /** The first line is Deputy's alone; what a Jenkinsfile's author wrote comes below it. */
    @Override
    public String text() {
      String target =
          account
              .map(a -> " in account " + a.name() + " (" + a.id() + ")")
              .orElse(" (no AWS account)");
      String source = commit.map(c -> " at commit " + c).orElse("");
      return "Approve agent template "
          + template
          + target
          + " for "
          + build
          + source
          + "? Grant "
          + grant
          + " asks for "
          + missing
          + " of: "
          + String.join(", ", candidates)
          + (stage.isEmpty() ? "" : "\nStage: " + stage.replaceAll("\\R", " "))
          + form.map(f -> "\nThe pipeline asks: " + f.message()).orElse("");
    }
  }
}
