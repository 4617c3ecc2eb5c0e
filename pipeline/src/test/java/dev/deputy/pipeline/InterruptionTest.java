package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Interruptions as pipeline code sees and makes them. */
class InterruptionTest {
  private final RecordingHost host = new RecordingHost();

  private void interrupt(InterruptionCause cause) {
    host.answer(
        "sh",
        _ -> {
          throw new PipelineException.Interrupted(BuildResult.ABORTED, cause);
        });
  }

  private List<String> echoed(String source) {
    assertThat(Pipelines.report(source)).isEmpty();
    Outcome outcome = Pipelines.run(source, host);
    assertThat(outcome.error()).isEmpty();
    return host.log.stream()
        .filter(line -> line.startsWith("echo("))
        .map(line -> line.replaceFirst("^echo\\(message=(.*)\\)$", "$1"))
        .toList();
  }

  @Test
  void sayWhoRejectedOrAborted() {
    String source =
        """
        import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
        try { sh 'x' } catch (FlowInterruptedException err) {
          def user = err.getCauses()[0].getUser()
          echo "${user} ${user.id} ${user.getFullName()} ${err.causes*.shortDescription} ${err.message}"
          echo err.causes[0].class.simpleName + ' ' + err.causes[0].getClass().getName()
        }
        """;
    interrupt(new InterruptionCause.Rejected("ann"));
    assertThat(echoed(source))
        .containsExactly(
            "ann ann ann [Rejected by ann] Rejected by ann",
            "Rejection org.jenkinsci.plugins.workflow.support.steps.input.Rejection");
    host.log.clear();
    interrupt(new InterruptionCause.Aborted("ann"));
    assertThat(echoed(source))
        .containsExactly(
            "ann ann ann [Aborted by ann] Aborted by ann",
            "UserInterruption jenkins.model.CauseOfInterruption$UserInterruption");
  }

  @Test
  void areOfTheirTypes() {
    interrupt(new InterruptionCause.TimedOut(3));
    assertThat(
            echoed(
                """
                import org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution
                import org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution.ExceededTimeout
                import jenkins.model.CauseOfInterruption
                try { sh 'x' } catch (e) {
                  def cause = e.causes.first()
                  echo "${cause instanceof org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution.ExceededTimeout}"
                  echo "${cause instanceof TimeoutStepExecution.ExceededTimeout} ${cause instanceof ExceededTimeout}"
                  echo "${cause instanceof CauseOfInterruption} ${cause instanceof CauseOfInterruption.UserInterruption}"
                  echo "${cause.class.simpleName}: ${cause.shortDescription}"
                  try { cause.user } catch (MissingPropertyException none) { echo 'no user' }
                }
                """))
        .containsExactly(
            "true",
            "true true",
            "true false",
            "ExceededTimeout: Timeout has been exceeded",
            "no user");
  }

  @Test
  void endTheBuildWithTheResultTheyAreMadeWith() {
    for (BuildResult result : BuildResult.values()) {
      String source =
          """
          import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
          import hudson.model.Result
          throw new FlowInterruptedException(Result.%s)
          """
              .formatted(result);
      Outcome outcome = Pipelines.run(source, new RecordingHost());
      assertThat(outcome.result()).isEqualTo(result);
      assertThat(outcome.error()).isEmpty();
    }
  }

  @Test
  void thatCodeMadeAreSeenByPostAndCatch() {
    assertThat(
            echoed(
                """
                import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
                import jenkins.model.CauseOfInterruption.UserInterruption
                import hudson.model.Result
                try {
                  throw new FlowInterruptedException(Result.NOT_BUILT, true, new UserInterruption('ann'))
                } catch (InterruptedException e) {
                  echo "${e.result} ${e.message} ${e.causes.size()}"
                }
                try { new FlowInterruptedException('x', 5) } catch (e) { echo e.message }
                """))
        .containsExactly(
            "NOT_BUILT Aborted by ann 1",
            "Could not find matching constructor for:"
                + " org.jenkinsci.plugins.workflow.steps.FlowInterruptedException"
                + "(java.lang.String, java.lang.Integer)");
    Outcome outcome =
        Pipelines.run(
            """
            pipeline {
              agent none
              stages {
                stage('a') {
                  steps {
                    script {
                      throw new org.jenkinsci.plugins.workflow.steps.FlowInterruptedException(hudson.model.Result.ABORTED)
                    }
                  }
                }
              }
              post { aborted { echo 'aborted' }
                failure { echo 'failure' } }
            }
            """,
            host);
    assertThat(outcome.result()).isEqualTo(BuildResult.ABORTED);
    assertThat(host.log.toString())
        .contains("echo(message=aborted)")
        .doesNotContain("message=failure");
  }
}
