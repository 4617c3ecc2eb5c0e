package dev.deputy.core;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One AWS account.
 *
 * @param id twelve digits; a string because leading zeros count
 * @param region where the deploy role works unless a step says otherwise
 * @param stage the environment (DTAP stage) it stands for; empty for the tooling account
 * @param permissions what the deploy role may do: an IAM policy document as JSON; empty: nothing
 * @param sourceIdentity whether the deploy role's session carries a source identity (every onward
 *     role would have to allow it)
 */
public record Account(
    AccountName name,
    String id,
    String region,
    Optional<String> stage,
    Optional<String> permissions,
    boolean sourceIdentity) {
  private static final Pattern ID = Pattern.compile("[0-9]{12}");

  public Account {
    Checks.matches("account id", id, ID, "a string of 12 digits");
  }
}
