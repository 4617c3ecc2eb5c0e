package dev.deputy.iam;

import java.util.Optional;

/**
 * Who makes a request, as AWS authenticated it. What a policy's {@code Principal} element says
 * about it is matched in AWS's terms: an account stands for all its principals, a role for all its
 * sessions, a role session or a user for itself.
 */
public sealed interface Principal {

  /** The 12-digit account that the principal belongs to; empty for an AWS service. */
  Optional<String> account();

  /** What {@code GetCallerIdentity} would call the principal: its ARN, or the service's name. */
  String identifier();

  /** The root user of an account: not limited by identity-based policies. */
  record RootUser(Arn arn) implements Principal {

    /** Checks that the ARN is {@code arn:partition:iam::account:root}. */
    public RootUser {
      requireIam(arn, arn.resource().equals("root"), "arn:partition:iam::account:root");
    }

    /** The root user of an account in a partition ({@code aws}, {@code aws-cn}, ...). */
    public static RootUser of(String partition, String account) {
      return new RootUser(new Arn(partition, "iam", "", account, "root"));
    }

    @Override
    public Optional<String> account() {
      return Optional.of(arn.account());
    }

    @Override
    public String identifier() {
      return arn.toString();
    }
  }

  /** An IAM user with long-term credentials. */
  record IamUser(Arn arn) implements Principal {

    /** Checks that the ARN is {@code arn:partition:iam::account:user/[path/]name}. */
    public IamUser {
      requireIam(arn, arn.resource().startsWith("user/"), "arn:partition:iam::account:user/name");
    }

    /** The user's friendly name, without its path. */
    public String name() {
      return lastSegment(arn.resource());
    }

    @Override
    public Optional<String> account() {
      return Optional.of(arn.account());
    }

    @Override
    public String identifier() {
      return arn.toString();
    }
  }

  /** A session of a role: temporary credentials that {@code AssumeRole} or a service handed out. */
  record AssumedRole(Arn role, String sessionName) implements Principal {

    /** Checks that the ARN is {@code arn:partition:iam::account:role/[path/]name}. */
    public AssumedRole {
      requireIam(role, role.isRole(), "arn:partition:iam::account:role/name");
      if (sessionName.isEmpty() || sessionName.indexOf('/') >= 0) {
        throw new IllegalArgumentException("sessionName: '" + sessionName + "'");
      }
    }

    /** The role's name, without its path. */
    public String roleName() {
      return lastSegment(role.resource());
    }

    /** The ARN of this session; AWS leaves the role's path out of it. */
    public Arn session() {
      return new Arn(
          role.partition(),
          "sts",
          "",
          role.account(),
          "assumed-role/" + roleName() + "/" + sessionName);
    }

    @Override
    public Optional<String> account() {
      return Optional.of(role.account());
    }

    @Override
    public String identifier() {
      return session().toString();
    }
  }

  /** An AWS service acting for itself, for example {@code ecs-tasks.amazonaws.com}. */
  record Service(String name) implements Principal {

    /** Checks that the name is not empty. */
    public Service {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("name is empty");
      }
    }

    @Override
    public Optional<String> account() {
      return Optional.empty();
    }

    @Override
    public String identifier() {
      return name;
    }
  }

  private static void requireIam(Arn arn, boolean shape, String expected) {
    if (!shape
        || !arn.service().equals("iam")
        || !arn.region().isEmpty()
        || !Arn.isAccountId(arn.account())) {
      throw new IllegalArgumentException("arn: " + arn + " (expected: " + expected + ")");
    }
  }

  private static String lastSegment(String resource) {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }
}
