package dev.deputy.iam;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A {@code Principal} or {@code NotPrincipal} element. */
record PrincipalElement(boolean negated, List<PrincipalPattern> patterns) {

  PrincipalElement {
    patterns = List.copyOf(patterns);
  }

  /** The most direct way in which the element speaks of the principal. */
  Grant grant(Principal principal) {
    if (negated) {
      return exempts(principal) ? Grant.NONE : Grant.DIRECT;
    }
    Grant best = Grant.NONE;
    for (int i = 0; i < patterns.size() && best != Grant.DIRECT; i++) {
      Grant grant = patterns.get(i).grant(principal);
      if (grant.compareTo(best) > 0) {
        best = grant;
      }
    }
    return best;
  }

  /**
   * {@code NotPrincipal} exempts only who is listed with everything that it belongs to: a session
   * with its role and account, a user with its account, as AWS documents it.
   */
  private boolean exempts(Principal principal) {
    Set<Grant> listed = EnumSet.noneOf(Grant.class);
    patterns.forEach(pattern -> listed.add(pattern.grant(principal)));
    return listed.containsAll(
        switch (principal) {
          case Principal.RootUser _, Principal.Service _ -> EnumSet.of(Grant.DIRECT);
          case Principal.IamUser _ -> EnumSet.of(Grant.DIRECT, Grant.ACCOUNT);
          case Principal.AssumedRole _ -> EnumSet.of(Grant.DIRECT, Grant.ROLE, Grant.ACCOUNT);
        });
  }
}
