package dev.deputy.aws;

import dev.deputy.core.Account;

/** How somebody who may deploy reaches the accounts. */
@FunctionalInterface
public interface AwsConnections {
  /** A connection to an account in one of its Regions. */
  AwsConnection connect(Account account, String region);
}
