package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code compareVersions}: -1, 0 or 1, by numbers and words between dots and hyphens. */
final class CompareVersionsStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("compareVersions")
        .required("v1", Kind.STRING)
        .required("v2", Kind.STRING)
        .optional(Kind.BOOLEAN, "failIfEmpty")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public Set<String> names() {
    return Set.of("v1", "v2");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String first = step.text("v1").strip();
    String second = step.text("v2").strip();
    if (step.flag("failIfEmpty", false) && (first.isEmpty() || second.isEmpty())) {
      throw new StepFailed("compareVersions: a version is empty");
    }
    return compare(first, second);
  }

  /** A number is more than a word, and a word, as in 1.0-rc1, is less than nothing. */
  static int compare(String first, String second) {
    String[] a = first.isEmpty() ? new String[0] : first.split("[.-]", -1);
    String[] b = second.isEmpty() ? new String[0] : second.split("[.-]", -1);
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int order = part(i < a.length ? a[i] : "0", i < b.length ? b[i] : "0");
      if (order != 0) {
        return Integer.signum(order);
      }
    }
    return 0;
  }

  private static int part(String a, String b) {
    boolean numberA = a.matches("\\d+");
    boolean numberB = b.matches("\\d+");
    if (numberA && numberB) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    return numberA == numberB ? a.compareToIgnoreCase(b) : numberA ? 1 : -1;
  }
}
