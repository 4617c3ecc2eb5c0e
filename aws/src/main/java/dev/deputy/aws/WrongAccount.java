package dev.deputy.aws;

import dev.deputy.core.Account;

/** The credentials for an account are those of another one. Nothing was done with them. */
public final class WrongAccount extends RuntimeException {
  private final Account account;
  private final String caller;

  WrongAccount(Account account, String caller) {
    super(
        "expected credentials of account "
            + account.id()
            + " ("
            + account.name()
            + "), found those of "
            + caller);
    this.account = account;
    this.caller = caller;
  }

  /** The account that they should be of. */
  public Account account() {
    return account;
  }

  /** ARN of whoever they are of. */
  public String caller() {
    return caller;
  }
}
