package dev.deputy.iam;

import java.util.Optional;

/** One entry of a {@code Principal} or {@code NotPrincipal} element. */
sealed interface PrincipalPattern {

  /** How directly the entry speaks of this principal. */
  Grant grant(Principal principal);

  /** {@code *}: everybody. */
  record Everybody() implements PrincipalPattern {

    @Override
    public Grant grant(Principal principal) {
      return Grant.DIRECT;
    }
  }

  /** An account, as {@code arn:aws:iam::account:root} or, in any partition, as a bare id. */
  record Account(Optional<String> partition, String id) implements PrincipalPattern {

    @Override
    public Grant grant(Principal principal) {
      return switch (principal) {
        case Principal.RootUser(Arn arn) -> is(arn) ? Grant.DIRECT : Grant.NONE;
        case Principal.IamUser(Arn arn) -> is(arn) ? Grant.ACCOUNT : Grant.NONE;
        case Principal.AssumedRole(Arn role, _) -> is(role) ? Grant.ACCOUNT : Grant.NONE;
        case Principal.Service _ -> Grant.NONE;
      };
    }

    private boolean is(Arn arn) {
      return arn.account().equals(id)
          && (partition.isEmpty() || partition.get().equals(arn.partition()));
    }
  }

  /** An IAM user. */
  record User(Arn arn) implements PrincipalPattern {

    @Override
    public Grant grant(Principal principal) {
      return principal instanceof Principal.IamUser(Arn actual) && actual.equals(arn)
          ? Grant.DIRECT
          : Grant.NONE;
    }
  }

  /** An IAM role: all its sessions. */
  record Role(Arn arn) implements PrincipalPattern {

    @Override
    public Grant grant(Principal principal) {
      return principal instanceof Principal.AssumedRole(Arn role, _) && role.equals(arn)
          ? Grant.ROLE
          : Grant.NONE;
    }
  }

  /** Exactly one session of a role; its ARN does not hold the role's path. */
  record RoleSession(String partition, String account, String roleName, String sessionName)
      implements PrincipalPattern {

    @Override
    public Grant grant(Principal principal) {
      return principal instanceof Principal.AssumedRole session
              && session.sessionName().equals(sessionName)
              && session.role().account().equals(account)
              && session.role().partition().equals(partition)
              && session.roleName().equals(roleName)
          ? Grant.DIRECT
          : Grant.NONE;
    }
  }

  /** An AWS service. */
  record Service(String name) implements PrincipalPattern {

    @Override
    public Grant grant(Principal principal) {
      return principal instanceof Principal.Service(String actual) && actual.equals(name)
          ? Grant.DIRECT
          : Grant.NONE;
    }
  }

  /**
   * An identity provider. Sessions that came from one are assumed-role sessions when they ask, so
   * this matches no {@link Principal}.
   */
  record Federated(String provider) implements PrincipalPattern {

    @Override
    public Grant grant(Principal principal) {
      return Grant.NONE;
    }
  }
}
