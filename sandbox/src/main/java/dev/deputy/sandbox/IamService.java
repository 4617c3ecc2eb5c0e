package dev.deputy.sandbox;

import java.util.ArrayList;
import java.util.List;

/** IAM: roles, their embedded policies and managed policies. */
final class IamService implements Service {
  private static final Api API =
      new Api("iam", Protocol.QUERY, "2010-05-08", List.of(), "ValidationError");

  private final Directory directory;

  IamService(Directory directory) {
    this.directory = directory;
  }

  @Override
  public Api api() {
    return API;
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>(new IamRoles(directory).actions());
    actions.addAll(new IamRolePolicies(directory).actions());
    actions.addAll(new IamPolicies(directory).actions());
    actions.addAll(new IamPolicyVersions(directory).actions());
    return actions;
  }
}
