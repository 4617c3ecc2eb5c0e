package dev.deputy.sandbox;

/** Makes roles for tests. */
final class Roles {
  private Roles() {}

  /** A trust policy for an account. */
  static String trusting(String account) {
    return trusting("AWS", "arn:aws:iam::%s:root".formatted(account));
  }

  static String trusting(String type, String principal) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"%s":"%s"},\
    "Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}]}\
    """
        .formatted(type, principal);
  }

  /** An identity-based policy that allows one thing. */
  static String allowing(String action, String resource) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"%s","Resource":"%s"}]}\
    """
        .formatted(action, resource);
  }

  /** Makes a role and returns its ARN. */
  static String create(Clients clients, String name, String trust) {
    return clients
        .iam()
        .createRole(r -> r.roleName(name).assumeRolePolicyDocument(trust))
        .role()
        .arn();
  }

  /** Makes a role that its own account may assume, with one policy, and returns its ARN. */
  static String create(Clients clients, String account, String name, String policy) {
    String arn = create(clients, name, trusting(account));
    clients.iam().putRolePolicy(r -> r.roleName(name).policyName("policy").policyDocument(policy));
    return arn;
  }
}
