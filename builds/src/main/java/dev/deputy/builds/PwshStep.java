package dev.deputy.builds;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code pwsh}: runs a PowerShell script on an agent whose image has the program {@code pwsh}. It
 * is {@code sh} with a script that hands the other one over, so that it runs wherever {@code sh}
 * would.
 */
final class PwshStep implements Step {
  /** What it ends with unless it throws: the status of the last program that it ran. */
  private static final String END = "\nexit $LASTEXITCODE\n";

  private final Step sh = new ShStep();

  @Override
  public StepSignature signature() {
    return Signatures.step("pwsh")
        .value("script", Kind.STRING)
        .optional(Kind.BOOLEAN, "returnStdout", "returnStatus")
        .optional(Kind.STRING, "label", "encoding")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return sh.names();
  }

  @Override
  public @Nullable Object run(StepContext step) {
    ShStep.warnOfSecrets(step);
    var arguments = new LinkedHashMap<String, @Nullable Object>();
    signature()
        .parameters()
        .forEach(each -> arguments.put(each.name(), step.argument(each.name())));
    arguments.put("script", handingOver(step.text("script") + END));
    return sh.run(step.as(sh.signature().name(), arguments));
  }

  /**
   * The script goes by a file, not as an argument: it may hold what a list of processes must not.
   */
  private static String handingOver(String script) {
    return """
    #!/bin/sh
    if ! command -v pwsh >/dev/null; then
      echo "pwsh: the agent has no program 'pwsh' (expected: an agent whose image has it, or sh)" >&2
      exit 127
    fi
    dir=$(mktemp -d) || exit
    trap 'rm -rf -- "$dir"' EXIT
    base64 -d > "$dir/script.ps1" <<END
    %s
    END
    pwsh -NoLogo -NoProfile -NonInteractive -File "$dir/script.ps1"
    """
        .formatted(Base64.getEncoder().encodeToString(script.getBytes(UTF_8)));
  }
}
