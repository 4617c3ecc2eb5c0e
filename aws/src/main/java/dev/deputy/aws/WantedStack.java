package dev.deputy.aws;

import dev.deputy.core.Account;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stack as the configuration wants it. Everything in it is known before anything is deployed:
 * Deputy's roles, policies and its cluster have names of their own, so their ARNs are known too.
 *
 * @param name of the stack
 * @param account that it is in
 * @param region that it is in
 * @param template name of the file that the template is
 * @param body the template
 * @param parameters by name, sorted
 */
public record WantedStack(
    String name,
    Account account,
    String region,
    String template,
    String body,
    Map<String, String> parameters) {
  public WantedStack {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }
}
