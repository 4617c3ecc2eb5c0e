package dev.deputy.fleet;

import dev.deputy.core.AccountName;
import dev.deputy.core.BuildId;
import dev.deputy.core.JobName;
import dev.deputy.core.LaunchId;
import dev.deputy.core.TemplateName;
import java.util.Optional;

/**
 * One launch as the queue sees it.
 *
 * @param arrival orders the needs: a smaller one came first
 */
record Demand(
    LaunchId launch,
    BuildId build,
    TemplateName template,
    Optional<AccountName> account,
    long arrival) {
  JobName job() {
    return build.job();
  }
}
