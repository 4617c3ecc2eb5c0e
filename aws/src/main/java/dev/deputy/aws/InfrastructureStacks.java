package dev.deputy.aws;

import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.Infrastructure;
import dev.deputy.core.TemplateName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The stacks that carry Deputy's set-up: one in the tooling account, one more there per agent
 * template, and in each target account one per agent template that acts there. People deploy them;
 * the controller only reads them.
 *
 * @param tooling the account that the cluster is in
 * @param accounts by name, the tooling account among them
 * @param cluster name
 */
public record InfrastructureStacks(
    Account tooling,
    Map<AccountName, Account> accounts,
    String cluster,
    List<AgentTemplate> templates) {
  /** The log group of the agents' containers. */
  public static final String LOG_GROUP = "/ecs/jenkins-agents";

  public InfrastructureStacks {
    accounts = Map.copyOf(accounts);
    templates = List.copyOf(templates);
  }

  /**
   * Makes every stack that is not there yet. Stops at the first that fails.
   *
   * @param administrators the connection of somebody who may deploy, for each account
   * @return ARN of the controller's role
   */
  public String deploy(Function<Account, AwsConnection> administrators)
      throws InterruptedException {
    try (Stacks stacks = new Stacks(administrators.apply(tooling))) {
      Map<String, String> base =
          stacks.create(
              StackNames.TOOLING,
              template("tooling"),
              Map.of("ClusterName", cluster, "LogGroupName", LOG_GROUP));
      Map<AccountName, Stacks> targets = new HashMap<>();
      try {
        for (AgentTemplate template : templates) {
          Optional<String> deployRole = Optional.empty();
          if (template.account().isPresent()) {
            Account account = account(template);
            Stacks target =
                targets.computeIfAbsent(
                    account.name(), _ -> new Stacks(administrators.apply(account)));
            deployRole = Optional.of(deployTarget(target, account, template));
          }
          stacks.create(
              StackNames.agent(template.name()),
              template("agent"),
              agentParameters(template, deployRole, base));
        }
      } finally {
        targets.values().forEach(Stacks::close);
      }
      return output(base, "ControllerRoleArn", StackNames.TOOLING);
    }
  }

  /**
   * Reads what is deployed, with the controller's own role.
   *
   * @throws StackFailed when the tooling account's stack is missing or incomplete, or when the
   *     connection has any other identity than that role: a controller that may do more than it
   *     needs is refused
   */
  public Infrastructure read(AwsConnection controller) {
    try (Stacks stacks = new Stacks(controller)) {
      Map<String, String> base =
          stacks
              .outputs(StackNames.TOOLING)
              .orElseThrow(() ->
                  new StackFailed(
                      "stack "
                          + StackNames.TOOLING
                          + " is missing in account "
                          + tooling.id()
                          + " ("
                          + tooling.region()
                          + ")"));
      requireRole(controller.caller(), output(base, "ControllerRoleArn", StackNames.TOOLING));
      Map<TemplateName, Infrastructure.Deployed> deployed = new HashMap<>();
      for (AgentTemplate template : templates) {
        String name = StackNames.agent(template.name());
        stacks
            .outputs(name)
            .ifPresent(outputs -> deployed.put(template.name(), deployed(name, outputs)));
      }
      return new Infrastructure(
          output(base, "ClusterArn", StackNames.TOOLING),
          output(base, "LogGroupName", StackNames.TOOLING),
          deployed);
    }
  }

  /** A session is named {@code arn:…:sts::ACCOUNT:assumed-role/ROLE/SESSION}. */
  private static void requireRole(String caller, String role) {
    String session =
        role.replace(":iam:", ":sts:").replaceFirst(":role/(?:.*/)?", ":assumed-role/") + "/";
    if (!caller.startsWith(session)) {
      throw new StackFailed(
          "the credentials are those of " + caller + "; a controller has to act as " + role);
    }
  }

  private String deployTarget(Stacks stacks, Account account, AgentTemplate template)
      throws InterruptedException {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("TemplateName", template.name().value());
    parameters.put("ToolingAccountId", tooling.id());
    if (account.permissions().isPresent()) {
      Map<String, String> made =
          stacks.create(
              StackNames.PERMISSIONS, permissionsTemplate(account.permissions().get()), Map.of());
      parameters.put("PermissionsPolicyArn", output(made, "PolicyArn", StackNames.PERMISSIONS));
    }
    String name = StackNames.deployRole(template.name());
    return output(
        stacks.create(name, template("target-account"), parameters), "DeployRoleArn", name);
  }

  private Map<String, String> agentParameters(
      AgentTemplate template, Optional<String> deployRole, Map<String, String> base) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("TemplateName", template.name().value());
    parameters.put("Family", StackNames.family(template));
    parameters.put("Image", template.image());
    parameters.put("Cpu", Integer.toString(template.size().cpu()));
    parameters.put("MemoryReservation", Integer.toString(template.size().memoryReservation()));
    parameters.put("NetworkMode", template.size().networkMode());
    parameters.put(
        "TargetRegion",
        template.account().isPresent() ? account(template).region() : tooling.region());
    parameters.put("ClusterArn", output(base, "ClusterArn", StackNames.TOOLING));
    parameters.put("ExecutionRoleArn", output(base, "ExecutionRoleArn", StackNames.TOOLING));
    parameters.put("LogGroupName", output(base, "LogGroupName", StackNames.TOOLING));
    parameters.put("ControllerRoleName", output(base, "ControllerRoleName", StackNames.TOOLING));
    deployRole.ifPresent(arn -> parameters.put("DeployRoleArn", arn));
    return parameters;
  }

  private Account account(AgentTemplate template) {
    return template.account().map(accounts::get).orElseThrow();
  }

  private static Infrastructure.Deployed deployed(String stack, Map<String, String> outputs) {
    return new Infrastructure.Deployed(
        output(outputs, "TaskDefinitionArn", stack),
        output(outputs, "TaskRoleArn", stack),
        output(outputs, "TaskRoleId", stack),
        Optional.ofNullable(outputs.get("DeployRoleArn")).filter(arn -> !arn.isEmpty()),
        Optional.empty());
  }

  private static String output(Map<String, String> outputs, String key, String stack) {
    String value = outputs.get(key);
    if (value == null) {
      throw new StackFailed(
          "stack " + stack + " has no output " + key + "; it was not made from Deputy's template");
    }
    return value;
  }

  /**
   * A stack of one managed policy; the document is the user's own, checked when the configuration
   * was loaded.
   */
  private static String permissionsTemplate(String policyDocument) {
    return """
    {"AWSTemplateFormatVersion": "2010-09-09",
     "Description": "Deputy, target account: what deploy roles may do here. From the account's permissions in deputy.yaml.",
     "Resources": {"Permissions": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {
       "ManagedPolicyName": "deputy-permissions", "PolicyDocument": %s}}},
     "Outputs": {"PolicyArn": {"Value": {"Ref": "Permissions"}}}}
    """
        .formatted(policyDocument);
  }

  private static String template(String name) {
    try (InputStream in =
        InfrastructureStacks.class.getResourceAsStream("templates/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("template " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
